/** A merged pull request that another one undoes, as git shows. */
export type Reverted = { readonly pull: number; readonly branch: string; readonly title: string }

/** The pull request whose “Revert” button made a branch of this name (`revert-12-SHOP-7-gift-cards`), or null. */
export function revertedBy(branch: string): number | null {
  const number = /^revert-([1-9]\d{0,8})-/.exec(branch)?.[1]
  return number === undefined ? null : Number(number)
}

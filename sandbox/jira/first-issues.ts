/** What a team sells gift cards with: the issues that project SHOP begins with. */
export const firstIssues: readonly { readonly key: string; readonly summary: string; readonly type: string }[] = [
  { key: 'SHOP-1', summary: 'Search by product number', type: 'Story' },
  { key: 'SHOP-2', summary: 'Prices are rounded twice at checkout', type: 'Bug' },
  { key: 'SHOP-3', summary: 'Remember the delivery address', type: 'Story' },
  { key: 'SHOP-4', summary: 'Basket loses items after signing in', type: 'Bug' },
  { key: 'SHOP-5', summary: 'Show stock on the product page', type: 'Story' },
  { key: 'SHOP-6', summary: 'Order mail shows the wrong time zone', type: 'Bug' },
  { key: 'SHOP-7', summary: 'Gift cards', type: 'Story' },
  { key: 'SHOP-8', summary: 'Pay by invoice', type: 'Story' },
  { key: 'SHOP-9', summary: 'Empty page when a voucher has expired', type: 'Bug' },
]

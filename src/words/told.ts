/** `wrong` keeps Waybill from its work, `weak` lets somebody around it, `note` is worth a look. */
export type Told = { readonly weight: 'wrong' | 'weak' | 'note'; readonly what: string; readonly next: string }

/** Something that happened, to be counted. Nothing in it names a repository, a person or a change. */
export type Watched =
  | { readonly kind: 'delivery'; readonly event: string; readonly result: string }
  | { readonly kind: 'pass'; readonly subject: string; readonly result: string }
  | { readonly kind: 'call'; readonly to: 'github' | 'jira'; readonly call: string; readonly status: number }
  | {
      readonly kind: 'remaining'
      readonly installation: string
      readonly resource: string
      readonly remaining: number
    }
export type Watch = (event: Watched) => void

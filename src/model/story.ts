/** What a comment in Jira says, before it takes Jira's own form. All of it is shown as text: nothing in it is markup. */
export type Story = readonly Block[]

export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[] }

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  /** `url` may come from outside; one that is no web address leaves the text alone. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'lozenge'; readonly text: string; readonly color: 'green' | 'yellow' | 'red' | 'blue' | 'neutral' }

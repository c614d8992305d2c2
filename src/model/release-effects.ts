export type CreateTag = {
  readonly kind: 'create-tag'
  readonly tag: string
  readonly sha: string
  readonly message: string
}

export type PublishRelease = {
  readonly kind: 'publish-release'
  readonly tag: string
  readonly sha: string
  readonly title: string
  readonly body: string
}

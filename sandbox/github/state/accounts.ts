/** A moment: milliseconds since 1970, UTC. */
export type Ms = number

export type User = {
  readonly id: number
  readonly nodeId: string
  /** Bots' logins end with `[bot]`. */
  readonly login: string
  readonly name: string
  /** `LOGIN@users.noreply.github.com`: a commit with this e-mail belongs to the user. */
  readonly email: string
  readonly type: 'User' | 'Bot'
}

export type Team = {
  readonly id: number
  readonly nodeId: string
  readonly slug: string
  readonly name: string
  readonly members: User[]
}

export type Organisation = {
  readonly id: number
  readonly nodeId: string
  readonly login: string
  readonly members: User[]
  readonly teams: Team[]
}

export type Access = 'read' | 'write'

/** By GitHub's names of App permissions: `contents`, `pull_requests`, … */
export type AppPermissions = { readonly [resource: string]: Access }

export type App = {
  readonly id: number
  readonly nodeId: string
  readonly clientId: string
  readonly slug: string
  readonly name: string
  readonly owner: Organisation
  /** PEM. Undefined for Apps that act by a plain token (`ci`, `deployer`). */
  readonly publicKey: string | undefined
  permissions: AppPermissions
  readonly events: readonly string[]
  /** The account as which the App acts: `SLUG[bot]`. */
  readonly bot: User
  readonly createdAt: Ms
}

export type Installation = {
  readonly id: number
  readonly nodeId: string
  readonly app: App
  readonly account: Organisation
  /** `all`, or the ids of chosen repositories. */
  repositories: 'all' | readonly number[]
  permissions: AppPermissions
  suspendedAt: Ms | undefined
  readonly createdAt: Ms
}

/** What a token stands for. */
export type Principal =
  | { readonly kind: 'person'; readonly user: User }
  | { readonly kind: 'app'; readonly app: App }
  | {
      readonly kind: 'installation'
      readonly installation: Installation
      readonly permissions: AppPermissions
      readonly repositories: 'all' | readonly number[]
      readonly expiresAt: Ms | undefined
    }

/** Who does something: a person, or a bot together with its App. */
export type Actor = { readonly user: User; readonly app: App | undefined }

export type RepositoryPermission = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'

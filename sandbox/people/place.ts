export type Person = 'developer' | 'reviewer' | 'analyst' | 'admin' | 'outsider'
export type Program = 'ci' | 'deployer'

/** Where the people work: the sandbox's GitHub and Jira, one repository of it, and everybody's token. */
export type Place = {
  readonly github: string
  readonly jira: string
  /** `owner/name` */
  readonly repository: string
  readonly tokens: Readonly<Record<Person | Program, string>>
}

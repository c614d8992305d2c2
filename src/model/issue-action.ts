import type { Story } from './story.ts'

/** The stations of a change at which its issue may get another status; each is switched on by naming the status. */
export type Station = (typeof stations)[number]

/** In the order of a change's way. */
export const stations = ['branch', 'pull-request', 'merged', 'staging', 'production', 'rolled-back'] as const

/** What a Jira issue is to get beside its panels. Which of them are wanted is the configuration's to say. */
export type IssueAction = MoveIssue | AddVersion | ReleaseVersion | CommentOnIssue | LinkPull

export type MoveIssue = {
  readonly kind: 'move'
  readonly issueKey: string
  readonly station: Station
  /** The status it goes to, by name, upper and lower case alike. */
  readonly target: string
  /** One clause for the issue's history. */
  readonly because: string
  /** When the station was reached (ms, UTC): of several that wait, only the last is carried out. */
  readonly at: number
}

/** The issue gets the version as a fix version; it is made where its project has none of that name. */
export type AddVersion = {
  readonly kind: 'add-version'
  readonly issueKey: string
  readonly name: string
  readonly description: string
}

/** The version of that name in the issue's project is released. `date`: `2026-02-03`. */
export type ReleaseVersion = {
  readonly kind: 'release-version'
  readonly issueKey: string
  readonly name: string
  readonly date: string
}

export type CommentOnIssue = {
  readonly kind: 'comment'
  readonly issueKey: string
  readonly story: Story
  readonly mark: CommentMark
  /** Before this nothing can have been written (ms, UTC). */
  readonly since: number
}

/** What a comment is recognised by when our database is lost. `news`: a comment of its own, null for the living one. */
export type CommentMark = { readonly repository: number; readonly pull: number; readonly news: string | null }

/** The pull request as a link of the issue, where the panels can't be told. */
export type LinkPull = {
  readonly kind: 'link'
  readonly issueKey: string
  readonly globalId: string
  readonly url: string
  readonly title: string
  readonly summary: string
  readonly resolved: boolean
}

/** Something to be done to an issue. The same key is the same thing: a comment in another state, a move once made. */
export type Act = { readonly key: string; readonly action: IssueAction }

/** An action on its way. `written`: what Jira called the thing when it was made, or null. */
export type Acting = Act & {
  /** Of the words it is carried out with. */
  readonly fingerprint: string
  /** It may be there already: it was begun and its end is not known, or our memory is younger than it. */
  readonly mayExist: boolean
  readonly written: string | null
  /** How long ago it was wanted, in these words (ms). */
  readonly waited: number
  /** A move to what its issue has left behind: it was merged, deployed or taken back since. */
  readonly outdated: boolean
  /** Jira said no to it before. */
  readonly wasRefused: boolean
}

/** What Jira said no to, with its reason in one clause. */
export type RefusedAct = { readonly key: string; readonly issueKey: string; readonly cause: string }

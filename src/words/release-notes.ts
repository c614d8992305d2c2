import type { Change } from '../model/history.ts'
import type { Issue } from '../model/issue.ts'
import { code, inert } from './inert.ts'
import { link } from './link.ts'

export type Notes = {
  readonly tag: string
  /** The version tag below this one. */
  readonly previous: string | null
  /** The first version since Waybill came to this line. */
  readonly first: boolean
  readonly repositoryUrl: string
  /** Oldest first: what had to wait for this version, then its own merge. */
  readonly changes: readonly NotedChange[]
}

export type NotedChange = {
  readonly change: Change
  readonly issueKeys: readonly string[]
  readonly issues: readonly Issue[]
  readonly approvers: readonly string[]
}

/** The release's text in GitHub Markdown: issue, pull request, author and approvers of each change it carries. */
export function releaseNotes(notes: Notes): string {
  const lines = notes.changes.toReversed().map((noted, at) => noteOf(noted, at === 0))
  return [...lines, ...endingOf(notes)].join('\n')
}

function endingOf({ tag, previous, first, repositoryUrl }: Notes): readonly string[] {
  const begins = 'The first version Waybill made on this line; what was merged before it has no version of its own.'
  const since = `Since ${code(previous ?? '')}: ${repositoryUrl}/compare/${encodeURIComponent(previous ?? '')}...${encodeURIComponent(tag)}`
  return [...(first ? ['', begins] : []), ...(previous === null ? [] : ['', since])]
}

/** The message of the annotated tag: plain text, nothing to render. */
export function tagMessage(notes: Notes): string {
  const lines = notes.changes.toReversed().map(({ change, issueKeys }) => {
    const keys = issueKeys.length === 0 ? '' : `${issueKeys.join(', ')} `
    const what = change.pull === null ? `direct push ${change.sha.slice(0, 7)}` : `#${change.pull.number}`
    return `- ${keys}${what}`
  })
  return `${notes.tag}\n\n${lines.join('\n')}\n`
}

function noteOf({ change, issueKeys, issues, approvers }: NotedChange, own: boolean): string {
  const keys = issueKeys.map((key) => {
    const issue = issues.find((one) => one.key === key)
    return issue === undefined ? code(key) : `${link(key, issue.url)} ${inert(issue.summary)}`
  })
  const issueText = keys.length === 0 ? '' : `${keys.join('; ')} — `
  const carried = own ? '' : ' (merged earlier, had no version of its own)'
  if (change.pull === null) {
    return `- ${issueText}${code(change.sha.slice(0, 7))}, pushed without a pull request${carried}`
  }
  const author = change.pull.author === null ? 'somebody unknown' : inert(change.pull.author.login)
  const approved = approvers.length === 0 ? 'without an approval' : `approved by ${approvers.map(inert).join(', ')}`
  return `- ${issueText}${link(`#${change.pull.number} ${inert(change.pull.title)}`, change.pull.url)}, by ${author}, ${approved}${carried}`
}

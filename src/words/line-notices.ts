import type { LineNotice } from '../model/line-notice.ts'
import { code, inert } from './inert.ts'

/** What concerns a whole line, one bullet of GitHub Markdown each; all from outside is inert. */
export function noticeList(notices: readonly LineNotice[]): string {
  return notices.map((notice) => `- ${noticeText(notice)}`).join('\n')
}

function noticeText(notice: LineNotice): string {
  switch (notice.kind) {
    case 'parked':
      return `⚠️ GitHub refused ${subjectOf(notice)}: ${inert(sentence(notice.cause))} **Next:** ${inert(sentence(notice.remedy))} **Who:** whoever administers the repository. It is tried again by itself every five minutes.`
    case 'foreign-tag':
      return `⚠️ The tag ${code(notice.tag)} stands on ${code(notice.sha.slice(0, 7))}, which is not on this line: it counts for nothing here, and its name is passed over.`
    case 'other-shape':
      return `⚠️ Nothing is released: the versions on this line have tags of another shape (${notice.tags.slice(0, 5).map(code).join(', ')}) than ${code(notice.pattern)}. **Next:** set ${code(`release.tag: "${notice.fits}"`)}, which fits them, or tag the last version once in the configured shape.`
    case 'cut':
      return `⚠️ Nothing is released: the last ${notice.commits} commits hold no version, and what lies below them is not read, so what a version would carry can't be told. **Next:** tag the newest commit that is released already as its version.`
    case 'unproven':
      return `${changeOf(notice)} is unproven: ${missingOf(notice.missing)} reported in time. The next green merge carries it.`
    case 'direct-push':
      return `${code(notice.sha.slice(0, 7))} was pushed without a pull request by ${inert(notice.by)}. The next release carries and names it.`
    case 'void-version':
      return `${code(notice.tag)} is void: GitHub never gives a name out again that an immutable release had. The version after it was taken instead.`
    case 'unjudged':
      return `⚠️ No check has ever reported on this line, so nothing says whether it works. **Next:** let the build run on ${code('push')} to this branch too.`
  }
}

function subjectOf({ what, name }: Extract<LineNotice, { kind: 'parked' }>): string {
  return what === 'words' ? 'what Waybill had to say' : `the ${what} ${code(name)}`
}

function changeOf({ pull, sha }: Extract<LineNotice, { kind: 'unproven' }>): string {
  return pull === null ? code(sha.slice(0, 7)) : `#${pull}`
}

function missingOf(missing: readonly string[]): string {
  return missing.length === 0 ? 'nothing' : `not all that is asked for (${missing.slice(0, 5).map(code).join(', ')})`
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text : `${text}.`
}

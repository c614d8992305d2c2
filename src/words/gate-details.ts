import { type Check, newestChecks } from '../model/check.ts'
import type { PullSnapshot, Review } from '../model/pull.ts'
import { code, inert } from './inert.ts'
import { link } from './link.ts'

/** Most checks and reviews that are listed. */
const most = 50

/** What a gate's answer rests on, folded away: the head, the file, every check and every review. */
export function gateDetails({ pull, config, checks, reviews }: PullSnapshot): string {
  const file = config.kind === 'valid' ? `, by ${code(config.path)} at ${code(config.sha.slice(0, 7))}` : ''
  const reported = checks.kind === 'found' ? notGreenFirst(newestChecks(checks.value.checks)) : []
  const given = reviews.kind === 'found' ? commentsLast(reviews.value) : []
  const rows = [
    `Judged: ${code(pull.headSha.slice(0, 7))} into ${code(pull.base)}${file}.`,
    ...listOf('Checks', reported, ({ name, word, url, app }) => {
      return `${url === null ? code(name) : link(code(name), url)} of ${code(app.slug)}: ${inert(word.replaceAll('_', ' '))}`
    }),
    ...listOf('Reviews', given, ({ author, state, sha }) => {
      return `${inert(author?.login ?? 'somebody unknown')}: ${inert(state.replaceAll('_', ' '))}${sha === null ? '' : ` on ${code(sha.slice(0, 7))}`}`
    }),
  ]
  return ['<details><summary>What this rests on</summary>', '', ...rows, '', '</details>'].join('\n')
}

/** What is cut off is green, and the reviews that say neither yes nor no. */
function notGreenFirst(checks: readonly Check[]): readonly Check[] {
  const green = (check: Check) => check.state === 'success'
  return [...checks.filter((check) => !green(check)), ...checks.filter(green)]
}

function commentsLast(reviews: readonly Review[]): readonly Review[] {
  const comment = (review: Review) => review.state === 'commented'
  return [...reviews.filter((review) => !comment(review)), ...reviews.filter(comment)]
}

function listOf<T>(title: string, items: readonly T[], say: (item: T) => string): readonly string[] {
  if (items.length === 0) return []
  const rest = items.length > most ? [`- and ${items.length - most} more`] : []
  return ['', `${title}:`, '', ...items.slice(0, most).map((item) => `- ${say(item)}`), ...rest]
}

import type { BumpOf } from '../model/bump.ts'
import type { NextVersions } from '../model/line-standing.ts'
import { code } from './inert.ts'

/** What a pull request would become if it were merged now. */
type Upcoming = {
  readonly bump: BumpOf
  readonly tag: string | null
  readonly current: string | null
  readonly because: Extract<NextVersions, { kind: 'none' }>['because'] | null
}

/** One paragraph of GitHub Markdown for the gate: a note, which holds nothing. */
export function upcomingReleaseNote({ bump, tag, current, because }: Upcoming): string {
  const conflict = conflictOf(bump)
  if (bump.bump === 'none') {
    return `**Version:** none of its own, by ${markOf(bump)}: it travels with the next release, which names it.${conflict}`
  }
  if (because !== null) return `**Version:** none for now: ${whyNone(because)}.`
  const after = current === null ? ', the first one' : ` after ${code(current)}`
  const becomes = tag === null ? `a ${bump.bump} version` : `${code(tag)}${after}: ${bump.bump},`
  return `**Version:** merged now it becomes ${becomes} by ${markOf(bump)}.${conflict}`
}

function whyNone(because: NonNullable<Upcoming['because']>): string {
  switch (because) {
    case 'not-configured':
      return 'nothing is released here'
    case 'other-shape':
      return 'the versions on this line have tags of another shape; the check on its newest merge names the setting that fits'
    case 'cut':
      return 'no version was met in the history that is read; the check on the newest merge says more'
  }
}

function markOf({ why }: BumpOf): string {
  switch (why.kind) {
    case 'label':
      return `its label ${code(why.label)}`
    case 'title':
      return `${code(why.mark)} in its title`
    case 'issue-type':
      return `the type of ${code(why.key)} (${code(why.type)})`
    case 'default':
      return 'default'
  }
}

function conflictOf({ why }: BumpOf): string {
  if (why.kind !== 'label' || why.besides.length === 0) return ''
  const others = why.besides.map(code).join(', ')
  return ` ⚠️ ${others} ${why.besides.length === 1 ? 'says' : 'say'} otherwise and ${why.besides.length === 1 ? 'does' : 'do'} not count: take one of the labels away.`
}

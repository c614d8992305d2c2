import type { Config } from '../model/config-schema.ts'
import { stagesOf } from '../model/environments.ts'
import type { ProposalVerdict } from '../model/proposal.ts'
import { compareVersions, nextVersion, parseAnyVersionTag, parseVersionTag, versionTag } from '../model/version.ts'
import { code } from './inert.ts'
import { outlookTable, passes } from './pull-outlook.ts'

type Adoption = Extract<ProposalVerdict, { kind: 'adopts' }>

/** What happens when the file is merged: to open pull requests, to versions and to environments. */
export function adoptionText({ config, tags, pulls, more }: Adoption): { title: string; summary: readonly string[] } {
  const ready = pulls.filter(({ after }) => passes(after)).length
  const count =
    pulls.length === 0 ? 'no other pull request is open' : `${ready} of ${pulls.length} open pull requests would pass`
  const mode = config.mode === 'report' ? ['Report mode: everything below is only shown, and nothing is made.', ''] : []
  return {
    title: `Waybill starts here: ${count}`,
    summary: [
      `When this is merged, Waybill starts with it: ${config.merge.into?.[0] === undefined ? 'the default branch' : code(config.merge.into[0])} is the line, and merges before it get no version.`,
      '',
      ...mode,
      `**Versions.** ${versions(config, tags)}`,
      '',
      `**Environments.** ${environments(config)}`,
      '',
      '**Open pull requests.**',
      '',
      ...outlookTable(pulls, more),
    ],
  }
}

function versions({ release }: Config, tags: readonly string[]): string {
  if (release === undefined) return 'Nothing is tagged: there is no `release` section.'
  const highest = tags
    .flatMap((tag) => parseVersionTag(tag, release.tag) ?? [])
    .toSorted(compareVersions)
    .at(-1)
  if (highest !== undefined) {
    const next = (['patch', 'minor', 'major'] as const).map((bump) => {
      return `${code(versionTag(nextVersion(highest, bump), release.tag))} (${bump})`
    })
    const why = `the highest version tag is ${code(versionTag(highest, release.tag))}`
    return `The next merge becomes ${next.join(', ')}: ${why}, and without a label or an issue type the bump is ${code(release.bump.default)}.`
  }
  const [other] = tags
    .flatMap((tag) => parseAnyVersionTag(tag) ?? [])
    .toSorted((a, b) => compareVersions(b.version, a.version))
  if (other !== undefined) {
    return `Nothing is tagged yet: there are version tags of another shape than ${code(release.tag)}; ${code(`tag: "${other.pattern}"`)} fits them.`
  }
  return `The next merge becomes ${code(versionTag(release['initial-version'], release.tag))}: there is no version tag yet.`
}

function environments(config: Config): string {
  const stages = stagesOf(config)
  if (stages.length === 0) return 'Nothing is deployed: there are no `environments`.'
  const steps = stages.map(({ name, deploy, promoters = 'nobody' }) => {
    const who = typeof promoters === 'string' ? promoters : promoters.join(', ')
    return deploy === 'auto' ? `${code(name)} by itself` : `${code(name)} when one of ${code(who)} promotes it`
  })
  return `Nothing is deployed now. Each version made from then on goes to ${steps.join(', then to ')}.`
}

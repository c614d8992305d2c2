import type { Verb } from '../model/command.ts'
import { code } from './inert.ts'

/** How a command is written, what it does, and who may: GitHub Markdown for a table's cells. */
type Help = { readonly usage: string; readonly does: string; readonly who: string }

const helps: Readonly<Record<Verb, Help>> = {
  promote: {
    usage: 'promote ENVIRONMENT [VERSION] [--emergency REASON]',
    does: 'deploys a released version; without a name, the one that carries this pull request. In an emergency it waits for no soak and no freeze',
    who: "the environment's promoters who did not write it",
  },
  'sign-off': {
    usage: 'sign-off ENVIRONMENT [VERSION]',
    does: 'agrees to a promotion, where an environment asks for more than one',
    who: "the environment's promoters who did not write it",
  },
  accept: {
    usage: 'accept VERSION REASON',
    does: 'lets a version go on that reached the line without a passing gate, or whose author nobody knows',
    who: 'promoters who did not write it',
  },
  rollback: {
    usage: 'rollback ENVIRONMENT [VERSION] REASON',
    does: 'brings the last good version back and rejects the bad one for good',
    who: "the environment's promoters, and everybody with write access",
  },
  retry: {
    usage: 'retry ENVIRONMENT',
    does: 'deploys again what failed last',
    who: "the environment's promoters, and everybody with write access",
  },
  hold: {
    usage: 'hold ENVIRONMENT REASON',
    does: 'stops everything but a rollback',
    who: "the environment's promoters, and everybody with write access",
  },
  unhold: {
    usage: 'unhold ENVIRONMENT',
    does: 'lets deployments go on',
    who: "the environment's promoters who did not write what waits",
  },
  deploy: {
    usage: 'deploy RUSH-BOX',
    does: 'tries the head of this unmerged pull request out in an environment of `kind: rush`, on a lease',
    who: 'people with write access',
  },
  free: {
    usage: 'free RUSH-BOX',
    does: "ends the lease: the line's newest version goes back there",
    who: 'people with write access',
  },
  status: {
    usage: 'status',
    does: 'says what would ship from this pull request and what it lacks, and which version is where',
    who: 'everybody',
  },
  recheck: {
    usage: 'recheck',
    does: 'reads and judges this pull request again, as the button “Re-check” does',
    who: 'everybody',
  },
  override: {
    usage: 'override REASON',
    does: 'lets the gate of this head pass, whatever it still lacks; written down with the reason',
    who: 'those whom `merge.overriders` names and who wrote none of it',
  },
  help: { usage: 'help', does: 'shows this table', who: 'everybody' },
}

export function usageOf(verb: Verb): string {
  return `/waybill ${helps[verb].usage}`
}

export function commandTable(): string {
  const rows = Object.values(helps).map(({ usage, does, who }) => `| ${code(`/waybill ${usage}`)} | ${does} | ${who} |`)
  return ['| comment | what it does | who may |', '| --- | --- | --- |', ...rows].join('\n')
}

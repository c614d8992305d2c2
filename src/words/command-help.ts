import type { Verb } from '../model/command.ts'
import { code } from './inert.ts'

/** How a command is written, what it does, and who may: GitHub Markdown for a table's cells. */
type Help = { readonly usage: string; readonly does: string; readonly who: string }

const helps: Readonly<Record<Verb, Help>> = {
  promote: {
    usage: 'promote ENVIRONMENT [VERSION]',
    does: 'deploys a released version; without a name, the one that carries this pull request',
    who: "the environment's promoters who did not write it",
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
  recheck: {
    usage: 'recheck',
    does: 'reads and judges this pull request again, as the button “Re-check” does',
    who: 'everybody',
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

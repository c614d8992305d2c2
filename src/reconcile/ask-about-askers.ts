import type { Account } from '../model/account.ts'
import { authorshipOf } from '../model/change-authorship.ts'
import { parseCommand } from '../model/command.ts'
import { comparisonKey } from '../model/comparison.ts'
import type { Config } from '../model/config-schema.ts'
import type { Decision } from '../model/decision.ts'
import { stagesOf } from '../model/environments.ts'
import { type Change, historyOf } from '../model/history.ts'
import type { LineFacts, LineSnapshot } from '../model/line.ts'
import { knownUpTo, shippedBy } from '../model/shipped.ts'
import type { Command, Wish } from '../model/wish.ts'
import { partOf } from '../model/writers.ts'
import { isListed } from '../rules/is-listed.ts'
import type { World } from './world/world.ts'

/** Commands that are a word for a version, which nobody gives for their own work. */
const signsOff: ReadonlySet<string> = new Set(['promote', 'sign-off', 'accept', 'unhold'])

/** Somebody who asks, and for what. */
export type Asking = Pick<Wish, 'by' | 'commentId' | 'command'>

type Want = {
  readonly config: Config
  readonly wishes: readonly Asking[]
  readonly decisions: readonly Decision[]
}

type Asked = Pick<LineSnapshot, 'pushes' | 'comparisons'>
type Known = LineFacts & Pick<LineSnapshot, 'voids' | 'madeTags'>

/**
 * Reads what is not in the line's query about those who ask to promote: what they pushed, and whether a merge they
 * clicked brought anything. One call for an asker and a head of the line; nothing for people who may not promote.
 */
export async function askAboutAskers({ code }: Pick<World, 'code'>, facts: Known, want: Want): Promise<Asked> {
  const { config } = want
  const askers = askersIn(facts, want)
  const pushes: [number, Awaited<ReturnType<typeof code.readPushes>>][] = []
  for (const asker of askers) {
    const of = { login: asker.login, head: facts.headSha }
    pushes.push([asker.id, await code.readPushes(facts.ref.repository, of)])
  }
  const comparisons: Map<string, Awaited<ReturnType<typeof code.compare>>> = new Map()
  const known = { ...facts, pushes: new Map(pushes), comparisons }
  for (const asker of askers) {
    for (const change of shippable(facts, config)) {
      const part = partOf(asker, authorshipOf(change, known))
      for (const one of part.kind === 'asks' ? part.comparisons : []) {
        comparisons.set(comparisonKey(one), await code.compare(facts.ref.repository, one))
      }
    }
  }
  return { pushes: known.pushes, comparisons }
}

/** People whose word for a version may count, each once. */
function askersIn(facts: LineFacts, { config, wishes, decisions }: Want): readonly Account[] {
  const asking = wishes.filter((wish) => wish.by.kind === 'user' && isWord(commandOf(wish, facts), config))
  const unnamed = new Set(asking.filter((wish) => takesWriters(commandOf(wish, facts))).map(({ by }) => by.id))
  const shas = new Set(facts.commits.map((commit) => commit.sha))
  const may = (account: Account) =>
    config.environments.some(({ promoters, emergency, 'separation-of-duties': separate }) => {
      const people = [promoters ?? (unnamed.has(account.id) ? 'write-access' : 'nobody'), emergency]
      return separate && people.some((some) => isListed(some, account, facts) === true)
    })
  const signers = decisions.flatMap(({ what, by }): readonly Account[] => {
    return what.kind === 'sign-off' && by !== null && shas.has(what.sha) ? [{ ...by, kind: 'user' }] : []
  })
  const accounts = new Map(
    [...asking.map(({ by }) => by), ...(asking.length === 0 ? [] : signers)].map((by) => [by.id, by]),
  )
  return [...accounts.values()].filter(may)
}

function commandOf({ command, commentId }: Asking, { comments }: LineFacts): Command | null {
  const comment = comments.get(commentId)
  const said = comment?.kind === 'found' ? parseCommand(comment.value.body) : null
  return command ?? said
}

/** Where an environment names no promoters, everybody who may write has a word of this kind. */
function takesWriters(command: Command | null): boolean {
  return command?.kind === 'accept' || command?.kind === 'unhold'
}

/** A word for an environment that is not there is for nothing. A press names its environment only later. */
function isWord(command: Command | null, { environments }: Config): boolean {
  if (command === null || !signsOff.has(command.kind)) return false
  const where = 'environment' in command ? command.environment : ''
  return where === '' || environments.some(({ name }) => name === where)
}

/** What a promotion of the newest version would bring anywhere. */
function shippable(facts: Known, config: Config): readonly Change[] {
  const history = historyOf(facts, config.release?.tag ?? 'v{version}')
  const version = history.versions.at(-1)
  if (version === undefined) return []
  const { deployments } = facts
  const versions = stagesOf(config).flatMap(({ name: environment }) => {
    return shippedBy({ history, deployments, environment, version }) ?? knownUpTo(history, version)
  })
  return [...new Set(versions.flatMap((one) => one.changes))]
}

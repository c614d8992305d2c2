import { setTimeout as wait } from 'node:timers/promises'
import { Probot } from 'probot'
import { createCode } from '../../src/github/code.ts'
import { createOctokitClass } from '../../src/github/octokit.ts'
import { type Pace, usualPace } from '../../src/github/pace.ts'
import type { Code } from '../../src/reconcile/world/code.ts'
import type { OpenGitHub } from '../sandbox/github/open-github.ts'
import { noMemory } from './no-memory.ts'
import { logInto } from './scripted-github.ts'

/** Waits for an answer as long as Waybill does: a call that is late on a busy machine is not made twice. */
export const patientPace: Pace = { ...usualPace, pauses: [20, 100], lag: 100 }

/** The port `Code` over a sandbox. `ahead` is how far Waybill's clock runs ahead (ms), so that nobody waits for a limit to end. */
export async function codeAt(
  github: OpenGitHub,
  { pace, ahead }: { readonly pace: Pace; readonly ahead: () => number },
): Promise<Code> {
  const log = logInto([])
  const Octokit = createOctokitClass({ baseUrl: github.url, log, now: () => Date.now() + ahead(), pace })
  const { id, slug } = github.world.waybill
  const probot = new Probot({ appId: id, privateKey: github.privateKey, secret: 'unused', Octokit, logLevel: 'fatal' })
  return createCode({
    ...noMemory,
    octokitFor: (installationId) => probot.auth(installationId),
    appOctokit: await probot.auth(),
    app: { id, slug },
    markerSecret: 'a secret',
    now: Date.now,
    crashpoint: () => {},
    log,
    // What is not there yet is asked for once more, after as long.
    pause: () => wait(pace.lag),
  })
}

export async function value<T>(lookup: Promise<{ readonly kind: string; readonly value?: T }>): Promise<T> {
  const read = await lookup
  if (read.kind !== 'found' || read.value === undefined) throw new Error(`${read.kind}: ${JSON.stringify(read)}`)
  return read.value
}

/** A pull request, merged; answers the merge commit. */
export async function merged(
  people: Awaited<ReturnType<OpenGitHub['repository']>>,
  branch: string,
): Promise<{ readonly number: number; readonly sha: string }> {
  const pull = await people.pull(branch)
  await people.pass(pull.sha)
  const { body } = await people.api('developer', `PUT /pulls/${pull.number}/merge`, { sha: pull.sha })
  return { number: pull.number, sha: String(body['sha']) }
}

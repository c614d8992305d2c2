import { setTimeout as wait } from 'node:timers/promises'
import type { Repository } from '../model/ref.ts'
import type { Code } from '../reconcile/world/code.ts'
import type { Log } from '../reconcile/world/log.ts'
import { lookForEffect, writeEffect } from './apply.ts'
import { createBoundAccounts } from './bound-accounts.ts'
import { type ConfigurationOptions, createConfigurations } from './configurations.ts'
import { toFailed } from './failures.ts'
import type { Remembered } from './first-ask.ts'
import { nothingKnown } from './known.ts'
import { listCommands } from './list-commands.ts'
import { listOpenPulls } from './list-open-pulls.ts'
import { listPastPulls } from './list-past-pulls.ts'
import { listInstallations, listRepositories } from './list-repositories.ts'
import { listSubjects } from './list-subjects.ts'
import { createMarker } from './marker.ts'
import type { Octokit } from './octokit.ts'
import { readAdoption } from './read-adoption.ts'
import { readBranch } from './read-branch.ts'
import { createBranchRulesReader } from './read-branch-rules.ts'
import { readCommit } from './read-commit.ts'
import { compare } from './read-comparison.ts'
import { readLine } from './read-line.ts'
import { readPress } from './read-press.ts'
import { readPull } from './read-pull.ts'
import { readPushes } from './read-pushes.ts'
import { readQueue } from './read-queue.ts'
import { readRevert } from './read-revert.ts'
import { readRun } from './read-run.ts'
import { readSealed } from './read-sealed.ts'
import { readStanding } from './read-standing.ts'
import type { Reader } from './reader.ts'
import { listDeliveries, redeliver } from './redeliver.ts'
import type { Writer } from './writer.ts'

export type CodeOptions = {
  /** Probot's `auth(installationId)`, with a class that `createOctokitClass` made. */
  readonly octokitFor: (installationId: number) => Promise<Octokit>
  /** The same without an installation: it may call `/app` only. */
  readonly appOctokit: Octokit
  readonly app: { readonly id: number; readonly slug: string }
  /** Key of the comments' marker; must not change. */
  readonly markerSecret: string
  /** ms, UTC */
  readonly now: () => number
  /** A no-op outside tests; called between the steps of a write. */
  readonly crashpoint: (name: string) => void
  readonly log: Log
  /** Waits so long (ms). Default: by the machine's clock. */
  readonly pause?: (ms: number) => Promise<unknown>
} & ConfigurationOptions

/** GitHub as the port `Code`. Whatever goes wrong is `Failed`. */
export function createCode(options: CodeOptions): Code {
  const { appOctokit, app, crashpoint } = options
  const reader = createReader(options)
  const { octokitFor } = reader
  const remembered = new Map<number, Remembered>()
  const branchRules = createBranchRulesReader(reader)
  const marker = createMarker(options.markerSecret)
  const comments = new Map<string, number>()
  const immutable = new Set<number>()
  const writerFor = async (repository: Repository): Promise<Writer> => {
    const octokit = await octokitFor(repository.installationId)
    return { octokit, repository, app, marker, comments, immutable, crashpoint }
  }
  return {
    readBranch: (ref) => readBranch(reader, ref),
    readRevert: (repository, revert) => readRevert(reader, repository, revert),
    readAdoption: (repository, branch) => readAdoption(reader, repository, branch),
    readPull: (ref, also = []) => readPull(reader, ref, also),
    listOpenPulls: (repository, most) => listOpenPulls(reader, repository, most),
    readQueue: (ref) => readQueue(reader, ref),
    readBranchRules: (repository, branch) => branchRules(repository, branch),
    readLine: (ref, want) => readLine(reader, { ref, want, remembered }),
    readRun: (ref) => readRun(reader, ref),
    readCommit: (ref) => readCommit(reader, ref),
    readSealed: (repository, tags) => readSealed(reader, repository, tags),
    readPushes: (repository, of) => readPushes(reader, repository, of),
    readStanding: async (repository, who) => readStanding(await octokitFor(repository.installationId), repository, who),
    compare: (repository, comparison) => compare(reader, repository, comparison),
    listInstallations: () => listInstallations(appOctokit),
    listRepositories: (installationId) => listRepositories(reader, installationId),
    listDeliveries: (cursor) => listDeliveries(appOctokit, cursor),
    readPress: (press, heardAt) => readPress(appOctokit, press, { heardAt, now: options.now(), appId: app.id }),
    redeliver: (attempt) => redeliver(appOctokit, attempt),
    listSubjects: (repository) => listSubjects(reader, repository),
    listRefs: async (repository) => (await listSubjects(reader, repository)).subjects.map(({ ref }) => ref),
    listPastPulls: (repository, after) => listPastPulls(reader, repository, after),
    listCommands: (repository) => listCommands(reader, repository),
    look: async (repository, effect, known) => lookForEffect(await writerFor(repository), effect, known),
    write: async (repository, effect, known) => writeEffect(await writerFor(repository), effect, known),
  }
}

function createReader(options: CodeOptions): Reader {
  const { app, now, log, pause = wait } = options
  return {
    octokitFor: (installationId) =>
      options.octokitFor(installationId).catch((error: unknown) => Promise.reject(toFailed(error, 'authentication'))),
    app,
    now,
    pause,
    log,
    known: nothingKnown(),
    configurations: createConfigurations(options),
    accounts: createBoundAccounts(options.kept),
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPull } from '../../../sandbox/github/acts/open-pull.ts'
import { createGitHub, type GitHub } from '../../../sandbox/github/github.ts'
import type { Actor, App } from '../../../sandbox/github/state/accounts.ts'
import type { PullRequest } from '../../../sandbox/github/state/pull-request.ts'
import type { Repository } from '../../../sandbox/github/state/repository.ts'
import type { State } from '../../../sandbox/github/state.ts'
import { git as runGit } from '../../../sandbox/run-program.ts'

export type GraphqlWorld = {
  readonly github: GitHub
  readonly state: State
  readonly repository: Repository
  readonly developer: Actor
  readonly reviewer: Actor
  readonly waybill: Actor & { readonly app: App }
  /** Commits the files on a branch (made from main if new), pushes it over HTTP, and answers the new head. */
  readonly push: (branch: string, files: Readonly<Record<string, string>>, message: string) => Promise<string>
  /** Runs git in the developer's clone. */
  readonly git: (...args: readonly string[]) => Promise<string>
  readonly open: (branch: string) => Promise<PullRequest>
  /**
   * The body of the answer to a query with the token `waybill` (all that the manifest asks for), `narrow` (nothing but metadata), or of a
   * person.
   */
  readonly ask: (query: string, variables?: object, token?: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** A sandbox GitHub that listens, with one unprotected repository `acme/shop`, a clone of it, and tokens of the App. */
export async function createGraphqlWorld(): Promise<GraphqlWorld> {
  const github = await createGitHub()
  const { state, world } = github
  const server = await github.listen(0)
  const repository = await world.createRepository({ name: 'shop', config: 'version: 1\n', protect: false })
  const { installation, waybill: app, people } = world
  const token = { kind: 'installation', installation, repositories: 'all', expiresAt: undefined } as const
  state.tokens.set('waybill', { ...token, permissions: installation.permissions })
  state.tokens.set('narrow', { ...token, permissions: { metadata: 'read' } })
  const folder = await mkdtemp(join(tmpdir(), 'waybill-graphql-'))
  const git = await clone(
    `${server.url.replace('://', `://developer:${world.tokens.developer}@`)}/acme/shop.git`,
    folder,
  )
  const developer = { user: people.developer, app: undefined }
  return {
    ...{ github, state, repository, developer, git, push: createPush(git, folder) },
    reviewer: { user: people.reviewer, app: undefined },
    waybill: { user: app.bot, app },
    open: (head) => {
      const wanted = { title: `Change ${head}`, body: 'Because.', base: 'main', head, draft: false, fork: undefined }
      return openPull(state, repository, { wanted, actor: developer })
    },
    ask: async (query, variables = {}, who = 'waybill') => {
      const named = new Map<string, string>(Object.entries(world.tokens)).get(who) ?? who
      const headers = { authorization: `Bearer ${named}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ query, variables })
      return (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).json()
    },
    close: async () => {
      await server.close()
      await github.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function clone(address: string, cwd: string): Promise<GraphqlWorld['git']> {
  const person = ['-c', 'user.name=developer', '-c', 'user.email=developer@users.noreply.github.com']
  const git = async (...args: readonly string[]) => (await runGit([...person, ...args], { cwd })).stdout.trim()
  await git('clone', '-q', address, '.')
  return git
}

function createPush(git: GraphqlWorld['git'], folder: string): GraphqlWorld['push'] {
  return async (branch, files, message) => {
    await git('fetch', '-q', 'origin')
    const known = await git('branch', '-r', '--list', `origin/${branch}`)
    await git('checkout', '-q', '-B', branch, known === '' ? 'origin/main' : `origin/${branch}`)
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
    await git('add', '.')
    await git('commit', '-q', '-m', message)
    await git('push', '-q', 'origin', branch)
    return git('rev-parse', 'HEAD')
  }
}

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { eventually } from './eventually.ts'
import { git } from './run-program.ts'

export type Person = 'developer' | 'reviewer' | 'analyst' | 'admin' | 'outsider'
export type Program = 'ci' | 'deployer'

/** Where the people work: the sandbox's GitHub and Jira, one repository of it, and everybody's token. */
export type Place = {
  readonly github: string
  readonly jira: string
  /** `owner/name` */
  readonly repository: string
  readonly tokens: Readonly<Record<Person | Program, string>>
}

export type People = ReturnType<typeof createPeople>

/** What people and their programs do at GitHub, over its public interfaces: git, REST and the token of each. */
export function createPeople(place: Place) {
  const call = createCall(place)
  return {
    repository: place.repository,
    call,
    ...clones(place),
    ...pulls(place, call),
    ...conversations(call),
    ...programs(place, call),
    ...checks(place, call),
    ...shown(place, call),
  }
}

export type Json = Readonly<Record<string, unknown>>

export type CheckShown = {
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly title: string
  readonly summary: string
  readonly text: string
}

type Call = (who: Person | Program, request: string, body?: Json) => Promise<unknown>

function createCall(place: Place): Call {
  return async (who, request, body) => {
    const [method = 'GET', path = '/'] = request.split(' ')
    const response = await fetch(`${place.github}${path.replace(':repo', `/repos/${place.repository}`)}`, {
      method,
      headers: { authorization: `token ${place.tokens[who]}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${request} by ${who}: ${response.status} ${text.slice(0, 300)}`)
    return text === '' ? null : JSON.parse(text)
  }
}

/** Real git: every person has a clone of their own. */
function clones(place: Place) {
  const made = new Map<string, Promise<string>>()
  const clone = (who: Person): Promise<string> => {
    const known = made.get(who) ?? cloneFor(place, who)
    made.set(who, known)
    return known
  }
  return {
    /** Commits one file on a new branch off the newest main (or on the branch itself, if it is there) and pushes it. Answers the sha. */
    push: async (who: Person, branch: string, change: Pushed = {}) =>
      commitFile(await clone(who), { who, branch, change }),
    /** Pushes a commit that is there already under another name. */
    async pushAs(who: Person, sha: string, branch: string) {
      await git(['push', '-q', 'origin', `${sha}:refs/heads/${branch}`], { cwd: await clone(who) })
    },
    /** Pushes what the “Revert” button makes of a commit on main: a branch that undoes it. Answers the sha. */
    async pushRevert(who: Person, sha: string, branch: string) {
      const cwd = await clone(who)
      await git(['fetch', '-q', 'origin'], { cwd })
      await git(['checkout', '-q', '-B', branch, 'origin/main'], { cwd })
      await git(['revert', '--no-edit', sha], { cwd })
      await git(['push', '-q', 'origin', `HEAD:refs/heads/${branch}`], { cwd })
      return (await git(['rev-parse', 'HEAD'], { cwd })).stdout.trim()
    },
    /** The commit a ref of the server's repository comes down to, or null. */
    async commitAt(who: Person, ref: string): Promise<string | null> {
      const cwd = await clone(who)
      await git(['fetch', '-q', '--tags', 'origin'], { cwd })
      const found = await git(['rev-parse', '--verify', '-q', `${ref}^{commit}`], { cwd }).catch(() => null)
      return found === null ? null : found.stdout.trim()
    },
    /** `commit` for a lightweight tag, `tag` for an annotated one. */
    async kindOf(who: Person, ref: string): Promise<string> {
      const cwd = await clone(who)
      await git(['fetch', '-q', '--tags', 'origin'], { cwd })
      return (await git(['cat-file', '-t', ref], { cwd })).stdout.trim()
    },
  }
}

type Pushed = {
  readonly file?: string
  readonly message?: string
  /** Null deletes the file. */
  readonly body?: string | null
  readonly trailer?: string
  /** Who the commit says wrote it; else the person. */
  readonly email?: string
}

async function commitFile(
  cwd: string,
  { who, branch, change }: { readonly who: Person; readonly branch: string; readonly change: Pushed },
): Promise<string> {
  const { file = `${branch.replaceAll('/', '-')}.txt`, message = branch, trailer, email = emailOf(who) } = change
  const text = trailer === undefined ? message : `${message}\n\n${trailer}`
  await git(['fetch', '-q', 'origin'], { cwd })
  const known = await git(['rev-parse', '--verify', '-q', `refs/remotes/origin/${branch}`], { cwd }).catch(() => null)
  await git(['checkout', '-q', '-B', branch, known === null ? 'origin/main' : `origin/${branch}`], { cwd })
  if (change.body === null) {
    await git(['rm', '-q', file], { cwd })
  } else {
    await mkdir(dirname(join(cwd, file)), { recursive: true })
    await writeFile(join(cwd, file), change.body ?? `${message} ${process.hrtime.bigint()}\n`)
    await git(['add', file], { cwd })
  }
  await git(['-c', `user.email=${email}`, 'commit', '-q', '-m', text], { cwd })
  await git(['push', '-q', 'origin', `HEAD:refs/heads/${branch}`], { cwd })
  return (await git(['rev-parse', 'HEAD'], { cwd })).stdout.trim()
}

function emailOf(who: Person): string {
  return `${who}@users.noreply.github.com`
}

async function cloneFor(place: Place, who: Person): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `waybill-${who}-`))
  const url = `${place.github.replace('://', `://${who}:${place.tokens[who]}@`)}/${place.repository}.git`
  await git(['clone', '-q', url, directory])
  await git(['config', 'user.name', who], { cwd: directory })
  await git(['config', 'user.email', emailOf(who)], { cwd: directory })
  return directory
}

function pulls(_place: Place, call: Call) {
  return {
    async openPull(
      who: Person,
      pull: { readonly branch: string; readonly title: string; readonly base?: string; readonly draft?: boolean },
    ): Promise<number> {
      const { branch, title, base = 'main', draft = false } = pull
      const made = await call(who, 'POST :repo/pulls', { title, head: branch, base, draft, body: '' })
      return numberAt(made, 'number')
    },
    async review(
      who: Person,
      pull: number,
      event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' = 'APPROVE',
    ): Promise<number> {
      return numberAt(
        await call(who, `POST :repo/pulls/${pull}/reviews`, { event, body: event === 'APPROVE' ? '' : 'please look' }),
        'id',
      )
    },
    async dismiss(who: Person, pull: number, review: number): Promise<void> {
      await call(who, `PUT :repo/pulls/${pull}/reviews/${review}/dismissals`, { message: 'not any more' })
    },
    /** Puts it into the base's merge queue; rejects when GitHub refuses. */
    async enqueue(who: Person, pull: number): Promise<void> {
      const pullRequestId = textAt(await call(who, `GET :repo/pulls/${pull}`), 'node_id')
      const query =
        'mutation($input: EnqueuePullRequestInput!) { enqueuePullRequest(input: $input) { clientMutationId } }'
      const answer = await call(who, 'POST /graphql', { query, variables: { input: { pullRequestId } } })
      const refused = JSON.stringify(answer).includes('"errors"')
      if (refused) throw new Error(`#${pull} can't be queued: ${JSON.stringify(answer).slice(0, 300)}`)
    },
    /** Answers the merge commit; rejects when GitHub refuses. */
    async merge(who: Person, pull: number, how: 'merge' | 'squash' | 'rebase' = 'squash'): Promise<string> {
      return textAt(await call(who, `PUT :repo/pulls/${pull}/merge`, { merge_method: how }), 'sha')
    },
    async comment(who: Person, pull: number, body: string): Promise<number> {
      return numberAt(await call(who, `POST :repo/issues/${pull}/comments`, { body }), 'id')
    },
  }
}

function conversations(call: Call) {
  return {
    /** Begins a conversation about a line of a file; answers its id. */
    async beginConversation(who: Person, pull: number, path: string): Promise<string> {
      const pullRequestId = textAt(await call(who, `GET :repo/pulls/${pull}`), 'node_id')
      const query =
        'mutation($input: AddPullRequestReviewThreadInput!) { addPullRequestReviewThread(input: $input) { thread { id } } }'
      const input = { pullRequestId, path, line: 1, body: 'why so?' }
      const { data } = asJson(await call(who, 'POST /graphql', { query, variables: { input } }))
      return textAt(asJson(asJson(data)['addPullRequestReviewThread'])['thread'], 'id')
    },
    async resolveConversation(who: Person, threadId: string): Promise<void> {
      const query =
        'mutation($input: ResolveReviewThreadInput!) { resolveReviewThread(input: $input) { clientMutationId } }'
      await call(who, 'POST /graphql', { query, variables: { input: { threadId } } })
    },
  }
}

function programs(_place: Place, call: Call) {
  return {
    /** CI reports one check on a commit: queued and in_progress make it, a conclusion ends the newest one of that name. */
    async report(
      sha: string,
      state: 'in_progress' | 'success' | 'failure' | 'cancelled',
      name = 'build',
    ): Promise<number> {
      const listed = await call('ci', `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}`)
      const open = itemsAt(listed, 'check_runs').find((one) => one['status'] !== 'completed')
      const body = state === 'in_progress' ? { status: state } : { status: 'completed', conclusion: state }
      if (open !== undefined)
        return numberAt(await call('ci', `PATCH :repo/check-runs/${numberAt(open, 'id')}`, body), 'id')
      return numberAt(await call('ci', 'POST :repo/check-runs', { name, head_sha: sha, ...body }), 'id')
    },
    /** CI starts a check; answers its id. */
    async begin(sha: string, name: string): Promise<number> {
      const body = { name, head_sha: sha, status: 'in_progress' }
      return numberAt(await call('ci', 'POST :repo/check-runs', body), 'id')
    },
    async finish(run: number, conclusion: 'success' | 'failure'): Promise<void> {
      await call('ci', `PATCH :repo/check-runs/${run}`, { status: 'completed', conclusion })
    },
    /** The deployer reports the state of a deployment, and where to look at it. */
    async carry(
      deployment: number,
      state: 'queued' | 'in_progress' | 'success' | 'failure' | 'error',
      place?: string,
    ): Promise<void> {
      const description = `the deployer says ${state}`
      const where = place === undefined ? {} : { environment_url: place }
      await call('deployer', `POST :repo/deployments/${deployment}/statuses`, { state, description, ...where })
    },
  }
}

export type DeploymentShown = {
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly environment: string
}

function checks(place: Place, call: Call) {
  return {
    /** The newest check run of that name on a commit, as GitHub shows it, or null. */
    async check(sha: string, name: string): Promise<CheckShown | null> {
      const listed = await call(
        'developer',
        `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}&filter=latest`,
      )
      const [newest] = itemsAt(listed, 'check_runs').toSorted((a, b) => numberAt(b, 'id') - numberAt(a, 'id'))
      return newest === undefined ? null : checkOf(newest)
    },
    /** Presses a button of the newest check of that name. */
    async press(who: Person, sha: string, name: string, identifier: string): Promise<void> {
      const listed = await call(
        'developer',
        `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}`,
      )
      const ids = itemsAt(listed, 'check_runs').map((run) => numberAt(run, 'id'))
      const order = { repository: place.repository, check_run_id: Math.max(...ids), identifier }
      await call(who, 'POST /_sandbox/press', order)
    },
    /** What the newest check of that name says about lines, as `PATH:LINE message`. */
    async annotations(sha: string, name: string): Promise<readonly string[]> {
      const listed = await call(
        'developer',
        `GET :repo/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}`,
      )
      const [newest] = itemsAt(listed, 'check_runs').toSorted((a, b) => numberAt(b, 'id') - numberAt(a, 'id'))
      if (newest === undefined) return []
      const annotations = await call('developer', `GET :repo/check-runs/${numberAt(newest, 'id')}/annotations`)
      return asItems(annotations).map((one) => {
        return `${textAt(one, 'path')}:${numberAt(one, 'start_line')} ${textAt(one, 'message')}`
      })
    },
    /** Waits until the newest check of that name satisfies. */
    async checkIs(sha: string, name: string, is: (check: CheckShown) => boolean): Promise<CheckShown> {
      return eventually(`${name} on ${sha.slice(0, 7)}`, async () => {
        const check = await this.check(sha, name)
        if (check === null || !is(check))
          throw new Error(check === null ? 'no such check' : `${check.status} ${check.conclusion}: ${check.title}`)
        return check
      })
    },
  }
}

function shown(place: Place, call: Call) {
  return {
    async comments(
      pull: number,
    ): Promise<readonly { readonly id: number; readonly by: string; readonly body: string }[]> {
      const listed = await call('developer', `GET :repo/issues/${pull}/comments?per_page=100`)
      return asItems(listed).map((one) => ({
        id: numberAt(one, 'id'),
        by: textAt(one['user'], 'login'),
        body: textAt(one, 'body'),
      }))
    },
    async deployments(environment: string): Promise<readonly DeploymentShown[]> {
      const listed = await call('developer', `GET :repo/deployments?environment=${environment}&per_page=100`)
      return asItems(listed).map((one) => ({
        id: numberAt(one, 'id'),
        sha: textAt(one, 'sha'),
        ref: textAt(one, 'ref'),
        environment: textAt(one, 'environment'),
      }))
    },
    async releases(): Promise<readonly { readonly tag: string; readonly body: string }[]> {
      const listed = await call('developer', 'GET :repo/releases?per_page=100')
      return asItems(listed).map((one) => ({ tag: textAt(one, 'tag_name'), body: textAt(one, 'body') }))
    },
    /** What Jira shows for an issue, the provider lists as they were sent. */
    async issue(key: string): Promise<Readonly<Record<string, readonly Json[]>> & { readonly status: string }> {
      const response = await fetch(`${place.jira}/_sandbox/issues/${key}`)
      if (!response.ok) throw new Error(`issue ${key}: ${response.status}`)
      return response.json() as Promise<Readonly<Record<string, readonly Json[]>> & { readonly status: string }>
    },
  }
}

function checkOf(run: Json): CheckShown {
  const output = asJson(run['output'])
  const conclusion = run['conclusion']
  return {
    name: textAt(run, 'name'),
    status: textAt(run, 'status'),
    conclusion: typeof conclusion === 'string' ? conclusion : null,
    title: textAt(output, 'title'),
    summary: textAt(output, 'summary'),
    text: textAt(output, 'text'),
  }
}

function asJson(value: unknown): Json {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value))
}

function asItems(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asJson) : []
}

function itemsAt(value: unknown, key: string): readonly Json[] {
  return asItems(asJson(value)[key])
}

function numberAt(value: unknown, key: string): number {
  const found = asJson(value)[key]
  if (typeof found !== 'number') throw new Error(`no number at ${key}`)
  return found
}

function textAt(value: unknown, key: string): string {
  const found = asJson(value)[key]
  return typeof found === 'string' ? found : ''
}

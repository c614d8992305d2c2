import { createSign, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGitHub } from '../../../sandbox/github/github.ts'
import { isJsonObject, type JsonObject } from '../../../sandbox/json-schema.ts'
import { git as runGit } from '../../../sandbox/run-program.ts'

export type Answered = {
  readonly status: number
  readonly headers: Headers
  /** The body where it is an object, else empty. */
  readonly body: JsonObject
  /** The body where it is a list, else empty. */
  readonly items: readonly JsonObject[]
}

export type OpenGitHub = Awaited<ReturnType<typeof openGitHub>>

/** A sandbox GitHub that listens, with every event it sends written down. */
export async function openGitHub(options: { readonly now?: () => number } = {}) {
  const github = await createGitHub(options)
  const server = await github.listen(0)
  const clones = await mkdtemp(join(tmpdir(), 'waybill-clones-'))
  const events: { readonly name: string; readonly repository: string | undefined; readonly payload: JsonObject }[] = []
  github.state.events.subscribe(({ name, payload, repository }) =>
    events.push({ name, payload, repository: repository?.name }),
  )
  /** `who` is a name with a token in the sandbox, or a whole `Authorization` header. */
  const call = async (who: string, request: string, body?: unknown): Promise<Answered> => {
    const [method = 'GET', path = '/'] = request.split(' ')
    const token = new Map(Object.entries(github.world.tokens)).get(who)
    const authorization = token === undefined ? who : `token ${token}`
    const response = await fetch(server.url + path, {
      method,
      headers: authorization === '' ? {} : { authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, ...read(await response.text()) }
  }
  return {
    ...github,
    url: server.url,
    call,
    events,
    jwt: (claims: JsonObject = {}) => signJwt(github.privateKey, { iss: github.world.waybill.id, ...claims }),
    repository: () => openRepository({ github, url: server.url, call, clones, events }),
    close: async () => {
      await server.close()
      await github.close()
      await rm(clones, { recursive: true, force: true })
    },
  }
}

type Opened = {
  readonly github: Awaited<ReturnType<typeof createGitHub>>
  readonly url: string
  readonly call: (who: string, request: string, body?: unknown) => Promise<Answered>
  readonly clones: string
  readonly events: readonly {
    readonly name: string
    readonly repository: string | undefined
    readonly payload: JsonObject
  }[]
}

/** A fresh repository, and what people do with it. Paths of calls begin below `/repos/acme/NAME`. */
async function openRepository({ github, url, call, clones, events }: Opened) {
  const repository = await github.world.createRepository({ name: `shop-${randomBytes(4).toString('hex')}` })
  const { name } = repository
  const clone = async (who: keyof typeof github.world.tokens) => {
    const directory = await mkdtemp(join(clones, `${who}-`))
    const address = `${url.replace('://', `://${who}:${github.world.tokens[who]}@`)}/acme/${name}.git`
    await runGit(['clone', '-q', address, directory])
    return openClone(directory, who)
  }
  const api = (who: string, request: string, body?: unknown) =>
    call(who, request.replace(' ', ` /repos/acme/${name}`), body)
  return {
    repository,
    name,
    clone,
    api,
    /** `event` or `event.action` of each event so far, in order. */
    events: () =>
      events
        .filter((event) => event.repository === name)
        .map((event) => [event.name, event.payload['action']].filter((one) => typeof one === 'string').join('.')),
    /** The last payload of that event. */
    payload: (event: string): JsonObject =>
      events.findLast((one) => one.repository === name && one.name === event)?.payload ?? {},
    /** A branch with one commit, and its pull request. */
    pull: async (branch: string, change: Readonly<Record<string, string>> = { [`${branch}.txt`]: branch }) => {
      const developer = await clone('developer')
      const sha = await developer.commit(branch, change)
      await developer.git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`)
      const { body } = await api('developer', 'POST /pulls', { title: `About ${branch}`, head: branch, base: 'main' })
      return { sha, number: Number(body['number']), developer }
    },
    /** Lets the required check succeed. */
    pass: (sha: string, conclusion = 'success') =>
      api('ci', 'POST /check-runs', { name: 'waybill/gate', head_sha: sha, conclusion }),
  }
}

function openClone(cwd: string, who: string) {
  const person = ['-c', `user.name=${who}`, '-c', `user.email=${who}@users.noreply.github.com`]
  const git = async (...args: readonly string[]) => (await runGit([...person, ...args], { cwd })).stdout.trim()
  return {
    cwd,
    git,
    /** What git says when it fails. */
    gitFails: async (...args: readonly string[]): Promise<string> => {
      const failed: unknown = await git(...args).then(
        () => undefined,
        (error: unknown) => error,
      )
      return failed instanceof Error ? failed.message : ''
    },
    /** Commits files on a branch off main, or on the branch as it is here; answers the sha. */
    commit: async (branch: string, files: Readonly<Record<string, string>>, message = `Change ${branch}`) => {
      await git('checkout', '-q', '-B', branch)
      await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(cwd, file), `${text}\n`)))
      await git('add', '.')
      await git('commit', '-q', '-m', message)
      return git('rev-parse', 'HEAD')
    },
  }
}

function read(text: string): Pick<Answered, 'body' | 'items'> {
  const parsed: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined
  return { body: isJsonObject(parsed) ? parsed : {}, items: Array.isArray(parsed) ? parsed.filter(isJsonObject) : [] }
}

function signJwt(privateKey: string, claims: JsonObject): string {
  const now = Math.floor(Date.now() / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 300, ...claims })}`
  return `Bearer ${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`
}

import { gunzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { recordMoves } from './acts/record-moves.ts'
import { actorOf, authenticate } from './authenticate.ts'
import { authorise } from './authorise.ts'
import { exclusive } from './exclusive.ts'
import { flushPkt, type PushCommand, type PushHead, pktLine, readPushHead } from './git/pkt-line.ts'
import { listRefs, zeroSha } from './git/refs.ts'
import { tryGit } from './git/run-git.ts'
import { Refusal } from './refusal.ts'
import { refusesPush } from './refuses-push.ts'
import type { Principal } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'
import type { State } from './state.ts'

type Service = 'git-upload-pack' | 'git-receive-pack'

type Visit = { readonly repository: Repository; readonly principal: Principal }

/**
 * git's smart HTTP protocol for `git clone`, `fetch` and `push` (https://git-scm.com/docs/gitprotocol-http). The password is a token, the
 * user name is not looked at. A push is checked against the person's rights and the branch's protection before git sees it.
 */
export function gitHttpRoutes(state: State): Hono {
  const routes = new Hono()
  routes.get('/:owner/:name{.+\\.git}/info/refs', async (c) => {
    const service = c.req.query('service')
    if (service !== 'git-upload-pack' && service !== 'git-receive-pack') return c.text('dumb HTTP is not served', 403)
    const visit = enter(state, c, service)
    if (visit instanceof Response) return visit
    const { stdout } = await serve(c, visit.repository, { service, flags: ['--http-backend-info-refs'] })
    const head = Buffer.concat([pktLine(`# service=${service}\n`), flushPkt])
    return gitResponse(`${service}-advertisement`, Buffer.concat([head, stdout]))
  })
  routes.post('/:owner/:name{.+\\.git}/git-upload-pack', async (c) => {
    const service = 'git-upload-pack'
    const visit = enter(state, c, service)
    if (visit instanceof Response) return visit
    const { stdout } = await serve(c, visit.repository, { service, input: await readBody(c) })
    return gitResponse(`${service}-result`, stdout)
  })
  routes.post('/:owner/:name{.+\\.git}/git-receive-pack', async (c) => {
    const visit = enter(state, c, 'git-receive-pack')
    if (visit instanceof Response) return visit
    const input = await readBody(c)
    return gitResponse(
      'git-receive-pack-result',
      await exclusive(visit.repository, () => receive(state, c, { visit, input })),
    )
  })
  return routes
}

/** Finds the repository and lets the caller in, or answers 401, 403, 404 as git clients expect. */
function enter(state: State, c: Context, service: Service): Visit | Response {
  const [owner, name] = [c.req.param('owner'), c.req.param('name')?.replace(/\.git$/, '')]
  try {
    const principal = authenticate(state, c.req.header('authorization'))
    if (principal === undefined) throw new Refusal(401, 'Authentication required')
    const repository = state.repositories.find((one) => one.owner.login === owner && one.name === name)
    if (repository === undefined) throw new Refusal(404, 'Repository not found.')
    const access = service === 'git-upload-pack' ? 'read' : 'write'
    authorise(principal, repository, { app: [`contents:${access}`], person: access })
    return { repository, principal }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const headers: Readonly<Record<string, string>> =
      error.status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}
    return new Response(error.message, { status: error.status, headers })
  }
}

async function receive(
  state: State,
  c: Context,
  { visit, input }: { readonly visit: Visit; readonly input: Buffer },
): Promise<Buffer> {
  const { repository, principal } = visit
  const head = readPushHead(input)
  const refused = head.commands.flatMap((command) => {
    const reason = refusesPush(repository, principal, command)
    return reason === undefined ? [] : [{ command, reason }]
  })
  if (refused.length > 0) return refusal(head, refused)
  const guarded = head.commands.some(({ name }) => repository.protection.has(name.replace('refs/heads/', '')))
  const config = guarded ? ['-c', 'receive.denyNonFastForwards=true'] : []
  const { stdout } = await serve(c, repository, { service: 'git-receive-pack', input, config })
  const moves = await listMoved(repository, head.commands)
  if (moves.length > 0) await recordMoves(state, repository, { actor: actorOf(principal), moves })
  return stdout
}

/** The commands that git has carried out. */
async function listMoved(repository: Repository, commands: readonly PushCommand[]): Promise<readonly PushCommand[]> {
  if (commands.length === 0) return []
  const refs = await listRefs(repository.path, ...commands.map(({ name }) => name))
  return commands.filter(({ name, before, after }) => {
    const now = refs.find((ref) => ref.name === name)?.sha ?? zeroSha
    return now === after && before !== after
  })
}

/** git's report that nothing was taken, with GitHub's words about the protected branch. */
function refusal(
  { commands, capabilities }: PushHead,
  refused: readonly { readonly command: PushCommand; readonly reason: string }[],
): Buffer {
  const lines = refused.flatMap(({ command, reason }) => [
    `error: GH006: Protected branch update failed for ${command.name}.\n`,
    `error: ${reason}\n`,
  ])
  const status = commands.map(({ name }) => {
    const why = refused.some(({ command }) => command.name === name)
      ? 'protected branch hook declined'
      : 'pre-receive hook declined'
    return pktLine(`ng ${name} ${why}\n`)
  })
  const report = Buffer.concat([pktLine('unpack ok\n'), ...status, flushPkt])
  if (!capabilities.has('side-band-64k')) return report
  const band = (number: number, content: Buffer) => pktLine(Buffer.concat([Buffer.from([number]), content]))
  return Buffer.concat([band(2, Buffer.from(lines.join(''))), band(1, report), flushPkt])
}

function serve(
  c: Context,
  repository: Repository,
  asked: {
    readonly service: Service
    readonly flags?: readonly string[]
    readonly config?: readonly string[]
    readonly input?: Buffer
  },
) {
  const { service, flags = [], config = [], input } = asked
  const protocol = c.req.header('git-protocol')
  const args = [...config, service.replace('git-', ''), '--stateless-rpc', ...flags, repository.path]
  return tryGit(repository.path, args, {
    ...(input === undefined ? {} : { input }),
    env: protocol === undefined ? {} : { GIT_PROTOCOL: protocol },
  })
}

async function readBody(c: Context): Promise<Buffer> {
  const body = Buffer.from(await c.req.arrayBuffer())
  return c.req.header('content-encoding') === 'gzip' ? gunzipSync(body) : body
}

function gitResponse(type: string, body: Buffer): Response {
  const headers = { 'content-type': `application/x-${type}`, 'cache-control': 'no-cache' }
  return new Response(new Uint8Array(body), { headers })
}

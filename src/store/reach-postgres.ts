import type { Session, Sessions } from './sessions.ts'

/** The oldest server that is tested (`server_version_num`). */
const oldest = 150_000

/**
 * Resolves when a PostgreSQL server answers and can be worked on; otherwise rejects with one line for the operator that
 * says where it should be and what is wrong, and never the password.
 */
export async function reachPostgres(sessions: Sessions, url: string): Promise<void> {
  const { hostname, port, pathname } = new URL(url)
  const place = `${hostname}:${port || '5432'}${pathname}`
  const wrong = await sessions.acquire().then(whatIsWrong, causeOf)
  if (wrong !== null)
    throw new Error(`The database ${place} can't be used: ${wrong}. Check DATABASE_URL and the server.`)
}

async function whatIsWrong(session: Session): Promise<string | null> {
  try {
    const text = `select current_setting('server_version_num')::int as version, current_setting('transaction_read_only') as "readOnly"`
    const [row] = (await session.run(text, [])).rows
    await session.release(false)
    if (row?.['readOnly'] !== 'off') return 'it takes no writes (a standby, or default_transaction_read_only)'
    const version = Number(row['version'])
    return version < oldest ? `it is PostgreSQL ${Math.floor(version / 10_000)}, and 15 or newer is needed` : null
  } catch (error) {
    await session.release(true)
    return causeOf(error)
  }
}

/** Where a name has several addresses the error itself says nothing. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(causeOf))].join(', ')
  return error instanceof Error ? error.message : 'it does not answer'
}

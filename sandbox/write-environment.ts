import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Writes the variables for Waybill's commands into a file beside its database, as `env $(cat FILE)` takes them; answers
 * its path. The commands get a database of their own: the embedded one belongs to the Waybill that runs.
 */
export async function writeEnvironment(variables: Readonly<Record<string, string>>): Promise<string> {
  const folder = dirname(variables['WAYBILL_DATA'] ?? '.')
  const key = Buffer.from(variables['PRIVATE_KEY'] ?? '').toString('base64')
  const given = { ...variables, PRIVATE_KEY: key, WAYBILL_DATA: join(folder, 'commands') }
  const path = join(folder, 'env')
  await writeFile(
    path,
    Object.entries(given)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    { mode: 0o600 },
  )
  return path
}

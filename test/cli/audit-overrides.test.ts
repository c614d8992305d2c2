import { expect, it } from 'vitest'
import { auditOverridesCommand } from '../../src/cli/audit-overrides.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { appKey } from '../app-key.ts'
import { quiet } from '../quiet.ts'
import { postgresPlace } from '../store/databases.ts'
import { runCommand } from './run-command.ts'

it('X36 waybill audit overrides prints who let which gate pass, why, and what it lacked; of one repository or of all', async () => {
  const place = await postgresPlace()
  const environment = {
    APP_ID: '7',
    PRIVATE_KEY: appKey(),
    WEBHOOK_SECRET: 'a-secret-of-enough-length',
    DATABASE_URL: place.url,
  }
  const overrides = (...args: readonly string[]) => runCommand(auditOverridesCommand(), args, environment)
  expect(await overrides()).toBe('Nothing was overridden.\n')
  const database = await openDatabase(place, quiet)
  const entry = {
    key: 'override:900',
    action: 'override' as const,
    actor: { id: 13, login: 'admin' },
    subject: 'main#12',
    version: null,
    sha: 'a'.repeat(40),
    environment: null,
    reason: 'the shop is down',
    evidence: ['comment 900', 'approved: one approval is missing'],
    policy: 'c0ffee',
  }
  const shop = { installationId: 1, id: 7, owner: 'acme', name: 'shop' }
  await createMemory(database).audit(shop, entry)
  await createMemory(database).audit(shop, { ...entry, key: 'gate:1', action: 'gate' })
  await database.close()
  const said = await overrides('acme/shop')
  for (const part of ['admin', 'main#12', 'the shop is down', 'approved: one approval is missing']) {
    expect(said).toContain(part)
  }
  expect(JSON.parse(await overrides('--json'))).toMatchObject([{ action: 'override', subject: 'main#12' }])
  expect(await overrides('acme/other')).toBe('Nothing was overridden.\n')
})

import { expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { connectGithub } from '../../src/connect-github.ts'
import { appEnvironment } from '../../src/env.ts'
import { createLog } from '../../src/log.ts'

const kept = {
  goodFile: async () => null,
  keepGoodFile: async () => {},
  accountsBound: async () => new Map(),
  bindAccounts: async () => new Map(),
}

it.each([-5, 5])(
  "F80: with GitHub's clock %i minutes from ours, the App and its installation are let in",
  async (minutes) => {
    const sandbox = await startSandbox({ now: () => Date.now() + minutes * 60_000 })
    try {
      const environment = appEnvironment(sandbox.environment())
      const log = createLog({ level: 'silent', secrets: [] })
      const { app, code } = await connectGithub(environment, { log, markerSecret: 'of no use', kept })
      expect(app.slug).toBe('waybill')
      const [installation = 0] = await code.listInstallations()
      expect(await code.listRepositories(installation)).toMatchObject([{ repository: { name: 'shop' } }])
    } finally {
      await sandbox.close()
    }
  },
)

import type { Logger } from 'pino'
import { run } from 'probot'
import type { SetupEnvironment } from './env.ts'

/**
 * Probot's set-up page, which creates the GitHub App from `app.yml` and writes what it learns into `.env`. It reads
 * the addresses for the manifest from the environment variables themselves, so they are set here.
 */
export async function serveSetup({ host, port, publicUrl, logLevel }: SetupEnvironment, log: Logger) {
  // `.env` will hold the private key: it is its owner's alone.
  process.umask(0o077)
  // Otherwise Probot installs a package at run time and opens a channel at smee.io.
  process.env['NO_SMEE_SETUP'] = 'true'
  // This is where Probot takes the webhook's address from; without it GitHub would be told to deliver to `/`.
  if (publicUrl !== null) process.env['WEBHOOK_PROXY_URL'] = `${publicUrl}/api/github/webhooks`
  else
    log.warn('PUBLIC_URL is missing: set the webhook URL of the App to https://YOUR-HOST/api/github/webhooks yourself')
  const env = { HOST: host, PORT: String(port), LOG_LEVEL: logLevel, LOG_FORMAT: 'json' } as const
  const server = await run(() => {}, { env, log })
  return { url: `http://${server.host}:${server.port}`, close: () => server.stop() }
}

import { parseArgs } from 'node:util'
import { describeSandbox } from './describe-sandbox.ts'
import { type Sandbox, startSandbox } from './start-sandbox.ts'
import { startWaybill, type Waybill } from './start-waybill.ts'
import { writeEnvironment } from './write-environment.ts'

const usage = `npm run sandbox -- [options]

  --github-port N     GitHub's port (a free one)
  --jira-port N       Jira's port (a free one)
  --port N            Waybill's port (a free one)
  --json              one line of JSON on standard output when ready, and nothing else there
  --without-waybill   start GitHub and Jira only; webhooks go to Waybill's port all the same
  --ci                every push gets a green build
  --deployer          every deployment succeeds
`

/** `npm run sandbox`: a GitHub and a Jira on this machine, with Waybill between them, until Ctrl+C. */
const options = readOptions()
const sandbox = await startSandbox(options)
const waybill = options.withWaybill ? await startOrStop(sandbox) : undefined
if (waybill === undefined) sandbox.pointWebhook(sandbox.waybillUrl)
const stop = stopOnce(sandbox, waybill)
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
void waybill?.ended.then(stop)
process.stdout.write(options.json ? `${JSON.stringify(shown(sandbox))}\n` : await described())

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'github-port': { type: 'string', default: '0' },
        'jira-port': { type: 'string', default: '0' },
        port: { type: 'string', default: '0' },
        json: { type: 'boolean', default: false },
        'without-waybill': { type: 'boolean', default: false },
        ci: { type: 'boolean', default: false },
        deployer: { type: 'boolean', default: false },
      },
    })
    return {
      githubPort: portOf(values['github-port']),
      jiraPort: portOf(values['jira-port']),
      waybillPort: portOf(values.port),
      json: values.json,
      withWaybill: !values['without-waybill'],
      ci: values.ci,
      deployer: values.deployer,
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(2)
  }
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw new Error(`${text} is no port`)
}

async function startOrStop(started: Sandbox): Promise<Waybill> {
  try {
    return await startWaybill(started, { LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info' })
  } catch (error) {
    await started.close()
    throw error
  }
}

async function described(): Promise<string> {
  const { environment, waybillUrl } = sandbox
  const where = waybill === undefined ? `not started; webhooks go to ${waybillUrl}` : waybill.url
  return describeSandbox(sandbox, { waybill: where, environmentFile: await writeEnvironment(environment()) })
}

/** What a script needs. `environment` is what another Waybill has to be started with. */
function shown({ github, jira, waybillUrl, webhookSecret, environment }: Sandbox) {
  const { email, token } = jira
  const { url, repository, tokens } = github
  const waybill = { url: waybillUrl, webhookSecret, environment: environment() }
  return { github: { url, repository, tokens }, jira: { url: jira.url, email, token }, waybill }
}

function stopOnce(started: Sandbox, running: Waybill | undefined): () => void {
  let stopping = false
  return () => {
    if (stopping) return
    stopping = true
    void (async () => {
      await running?.close()
      await started.close()
      process.exit(0)
    })()
  }
}

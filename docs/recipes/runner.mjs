#!/usr/bin/env node
// Carries out what Waybill orders, from any machine that reaches GitHub: no workflow, no dependencies, Node 20 or newer.
//
//   GITHUB_TOKEN=… GITHUB_REPOSITORY=acme/shop node runner.mjs staging -- ./deploy.sh
//
// It looks for deployments to the named environment that Waybill made and nobody reported on, takes the oldest, says
// `in_progress`, runs the command, and says `success` or `failure`. The command is given ENVIRONMENT, TAG, SHA, ARTIFACT
// and DEPLOYMENT in its environment. If it prints an address (https://…) or a digest (sha256:…), the last of each is
// reported: the address is where people look, the digest is passed on to later environments. The token needs
// "Deployments: write" and nothing else. One runner for each environment: two could take the same deployment.
//
//   GITHUB_API_URL   default https://api.github.com
//   WAYBILL_LOGIN    who orders; default waybill[bot]
//   EVERY            seconds between looks; default 15
//   --once           look once, carry out what is there, and end; with status 1 where it failed

import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'

const split = process.argv.indexOf('--')
const [name, ...flags] = process.argv.slice(2, split < 0 ? undefined : split)
const command = split < 0 ? [] : process.argv.slice(split + 1)
const { GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_API_URL = 'https://api.github.com', EVERY = '15' } = process.env
const waybill = process.env.WAYBILL_LOGIN ?? 'waybill[bot]'
if (!name || command.length === 0 || !GITHUB_TOKEN || !GITHUB_REPOSITORY) {
  console.error('usage: GITHUB_TOKEN=… GITHUB_REPOSITORY=owner/name node runner.mjs ENVIRONMENT [--once] -- COMMAND…')
  process.exit(2)
}

/** Answers JSON; an answer that GitHub did not give, or with 5xx, is asked for again. */
async function call(method, path, body, tries = 4) {
  let problem
  for (let n = 0; n < tries; n++) {
    if (n > 0) await pause(1000 * 2 ** n)
    try {
      const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
        method,
        headers: { authorization: `Bearer ${GITHUB_TOKEN}`, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      })
      if (response.ok) return await response.json()
      problem = new Error(`${method} ${path}: GitHub answered ${response.status}`)
      if (response.status < 500) break
    } catch (error) {
      problem = error
    }
  }
  throw problem
}

/** The oldest deployment that Waybill made and nobody reported on. Older than the newest finished one: superseded. */
async function next() {
  const list = await call('GET', `/deployments?environment=${encodeURIComponent(name)}&per_page=30`)
  const open = []
  for (const deployment of list) {
    const payload = typeof deployment.payload === 'string' ? JSON.parse(deployment.payload || '{}') : deployment.payload
    if (deployment.creator?.login !== waybill || payload?.waybill?.environment !== name) continue
    const statuses = await call('GET', `/deployments/${deployment.id}/statuses?per_page=1`)
    if (statuses.length > 0) break
    open.push({ ...deployment, payload })
  }
  return open.at(-1)
}

function run(environment) {
  return new Promise((resolve, reject) => {
    const [program, ...rest] = command
    const child = spawn(program, rest, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (data) => {
      process.stdout.write(data)
      printed = (printed + data).slice(-100_000)
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, printed }))
  })
}

async function carryOut({ id, ref, sha, payload }) {
  const say = (state, more) => call('POST', `/deployments/${id}/statuses`, { state, ...more })
  await say('in_progress', { description: 'on its way' })
  const artifact = payload.artifact ?? ''
  const environment = { ENVIRONMENT: name, TAG: ref, SHA: sha, ARTIFACT: artifact, DEPLOYMENT: String(id) }
  const { code, printed } = await run(environment).catch((error) => ({ code: error.message, printed: '' }))
  if (code !== 0) {
    await say('failure', { description: `the command ended with ${code}`.slice(0, 140) })
    return false
  }
  const place = [...printed.matchAll(/https?:\/\/\S+/g)].at(-1)?.[0]
  const digest = [...printed.matchAll(/\bsha256:[0-9a-f]{64}\b/g)].at(-1)?.[0] ?? artifact
  await say('success', { description: digest || 'done', ...(place && { environment_url: place }) })
  return true
}

for (;;) {
  let good = true
  try {
    for (let deployment = await next(); deployment && good; deployment = await next()) good = await carryOut(deployment)
  } catch (error) {
    console.error(error.message)
    good = false
  }
  if (flags.includes('--once')) process.exit(good ? 0 : 1)
  await pause(Number(EVERY) * 1000)
}

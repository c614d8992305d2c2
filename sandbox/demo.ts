import { createNarrator } from './narrator.ts'
import { createPeople } from './people.ts'
import { playTheRoad } from './play-the-road.ts'
import { playTheWayBack } from './play-the-way-back.ts'
import { startSandbox } from './start-sandbox.ts'
import { startWaybill } from './start-waybill.ts'

/** `npm run demo`: the whole road of one change and the way back of another, told step by step. `--keep` leaves everything running to look around. */
const sandbox = await startSandbox({})
const waybill = await startWaybill(sandbox)
const place = {
  github: sandbox.github.url,
  jira: sandbox.jira.url,
  repository: sandbox.github.repository,
  tokens: sandbox.github.tokens,
}
const narrator = createNarrator()
try {
  narrator.aside(
    'A GitHub, a Jira and Waybill run on this machine. Two changes go all the way; the second is taken back.',
  )
  const people = createPeople(place)
  await playTheRoad(people, narrator)
  await playTheWayBack(people, narrator)
  narrator.aside(`The road is complete. It took ${narrator.seconds()} s. Your turn: npm run sandbox`)
  if (process.argv.includes('--keep')) await keep()
} catch (error) {
  narrator.aside(`The road ended early: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await waybill.close()
  await sandbox.close()
}

async function keep(): Promise<void> {
  narrator.aside(`GitHub ${place.github}, Jira ${place.jira}, Waybill ${waybill.url}. Ctrl+C ends them.`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}

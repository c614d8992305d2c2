import { keepCompiled } from './keep-compiled.ts'

/** What `npm start` runs. */
const writeDown = keepCompiled()
const { main } = await import('./main.ts')
await main()
writeDown()

import { keepCompiled } from './keep-compiled.js'

/**
 * What `npm start` runs. JavaScript, and so is what it imports before anything is kept: for the first TypeScript that
 * is not kept Node loads a compiler, which takes 17 MB and 50 ms of every start.
 */
const writeDown = keepCompiled()
const { main } = await import('./main.ts')
await main()
writeDown()

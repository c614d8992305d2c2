import type { World } from './world/world.ts'

/** What a look needs; `explain` gives the same without a queue. */
export type Eyes = Pick<World, 'code' | 'issues' | 'memory' | 'now'>

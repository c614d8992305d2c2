import { tellStory } from './tell-story.ts'

/** A process of its own, to be killed. */
await tellStory(JSON.parse(process.env['TELLING'] ?? ''))

import * as agile from 'jira.js/agile'
import * as cloud from 'jira.js/cloud'
import { expect, it } from 'vitest'
import * as library from '../../src/jira/library.ts'

it('has the very functions that the entry points of jira.js have', () => {
  const whole: Readonly<Record<string, unknown>> = { ...agile, ...cloud }
  for (const [name, part] of Object.entries(library)) expect(part, name).toBe(whole[name])
})

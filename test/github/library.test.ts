import * as probot from 'probot'
import { expect, it } from 'vitest'
import { Probot, ProbotOctokit } from '../../src/github/library.ts'

it('has the very classes that the entry point of Probot has', () => {
  expect(Probot).toBe(probot.Probot)
  expect(ProbotOctokit).toBe(probot.ProbotOctokit)
})

import type * as whole from 'probot'

/**
 * The two classes of Probot that a running App needs. Its entry point loads its server, its set-up page and its command line too.
 * They stand beside it in the package, which is pinned; a test holds them against it.
 */
const probot: Pick<typeof whole, 'Probot'> = await import(beside('probot'))
const octokit: Pick<typeof whole, 'ProbotOctokit'> = await import(beside('octokit/probot-octokit'))

export const { Probot } = probot
export type Probot = whole.Probot
export const { ProbotOctokit } = octokit
export type ProbotOctokit = whole.ProbotOctokit

function beside(name: string): string {
  return new URL(`./${name}.js`, import.meta.resolve('probot')).href
}

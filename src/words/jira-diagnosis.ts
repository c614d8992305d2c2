import type { Diagnosis } from '../model/health.ts'
import type { Told } from './diagnosis.ts'
import { plain } from './inert.ts'

export type JiraDiagnosis = Extract<
  Diagnosis,
  { readonly kind: 'panel-without-credentials' | 'jira-away' | 'reports-troubled' | 'acts-troubled' }
>

/** What Jira does not show, and what to do about it, as plain text. */
export function tellJiraDiagnosis(diagnosis: JiraDiagnosis): Told {
  switch (diagnosis.kind) {
    case 'panel-without-credentials':
      return {
        weight: 'wrong',
        what: `jira.panels.${diagnosis.panel} is on, and there are no credentials for Jira's panels: they are told nothing.`,
        next: 'Give the server JIRA_CLIENT_ID and JIRA_CLIENT_SECRET; or write "auto", which is on where they are there.',
      }
    case 'jira-away':
      return {
        weight: 'wrong',
        what: `Jira did not answer when last asked, for ${parts[diagnosis.part]}: ${plain(diagnosis.cause)}.`,
        next: 'Mend what it names. What was kept is sent by itself when Jira answers again.',
      }
    case 'reports-troubled': {
      const { report, reported, partly, notReported, kept, cause } = diagnosis
      return {
        weight: 'note',
        what: `${reports[report]} in Jira's panels: ${reported} reported, ${partly} partly, ${notReported} not reported, ${kept} waiting. One of them: ${plain(cause)}.`,
        next: 'Mend what it names. What Jira refused is sent again when it changes, what waits by itself.',
      }
    }
    case 'acts-troubled': {
      const { count, issueKey, cause } = diagnosis
      return {
        weight: 'note',
        what: `${count === 1 ? 'One thing was' : `${count} things were`} not done to issues, the newest to ${plain(issueKey)}: ${plain(cause)}.`,
        next: 'Mend what it names, or do it to the issue by hand.',
      }
    }
  }
}

const parts = { panels: 'the panels', issues: 'comments, moves and versions', 'look-ups': 'looking up issues' }

const reports = {
  branch: 'Branches',
  pull: 'Pull requests',
  build: 'Builds',
  deployment: 'Deployments',
  gone: 'What was taken back',
}

import type { Diagnosis, Health } from '../model/health.ts'
import type { JiraDiagnosis } from '../model/jira-diagnosis.ts'
import { plain } from './inert.ts'
import type { Told } from './told.ts'

/** What Jira does not show, and what to do about it, as plain text. */
export function tellJiraDiagnosis(diagnosis: JiraDiagnosis, health: Health): Told {
  switch (diagnosis.kind) {
    case 'account-missing':
    case 'account-fails':
    case 'panel-without-credentials':
    case 'panels-untold':
    case 'panels-fail':
      return credentialWords(diagnosis)
    case 'project-unseen':
    case 'project-unread':
    case 'project-permissions':
      return projectWords(diagnosis)
    case 'others-unseen':
    case 'panel-told-twice':
    case 'panel-told-by-others':
    case 'jira-app-file':
      return othersWords(diagnosis, health)
    case 'jira-away':
    case 'reports-troubled':
    case 'acts-troubled':
      return arrivalWords(diagnosis)
  }
}

type Of<K extends Diagnosis['kind']> = Extract<JiraDiagnosis, { readonly kind: K }>

function credentialWords(
  diagnosis: Of<'account-missing' | 'account-fails' | 'panel-without-credentials' | 'panels-untold' | 'panels-fail'>,
): Told {
  switch (diagnosis.kind) {
    case 'account-missing': {
      const { wanted, site } = diagnosis
      const first = site === null ? 'No Jira is configured' : 'There is no API token for Jira'
      return {
        weight: 'note',
        what: `${first}: keys are read from names, no issue is looked up or touched, and ${wanted.join(', ')} ${wanted.length === 1 ? 'does' : 'do'} nothing.`,
        next: `Give the server ${site === null ? 'JIRA_SITE, ' : ''}JIRA_EMAIL and JIRA_API_TOKEN, as docs/jira.md says; or switch ${wanted.length === 1 ? 'it' : 'them'} off in .github/waybill.yml.`,
      }
    }
    case 'account-fails':
      return {
        weight: 'wrong',
        what: `JIRA_EMAIL and JIRA_API_TOKEN don't work: ${plain(diagnosis.cause)}.`,
        next: sentence(diagnosis.remedy),
      }
    case 'panel-without-credentials':
      return {
        weight: 'wrong',
        what: `jira.panels.${diagnosis.panel} is on, and there are no credentials for Jira's panels: they are told nothing.`,
        next: 'Give the server JIRA_CLIENT_ID and JIRA_CLIENT_SECRET; or write "auto", which is on where they are there.',
      }
    case 'panels-untold':
      return {
        weight: 'note',
        what: `Jira's panels (${diagnosis.panels.join(', ')}) are told nothing: there are no OAuth credentials. Pull requests are shown as links, where there is an API token.`,
        next: 'Give the server JIRA_CLIENT_ID and JIRA_CLIENT_SECRET (Jira → Settings → Apps → OAuth credentials); or write "off" for them.',
      }
    case 'panels-fail':
      return {
        weight: 'wrong',
        what: `JIRA_CLIENT_ID and JIRA_CLIENT_SECRET don't work for ${diagnosis.panels.join(', ')}: ${plain(diagnosis.cause)}.`,
        next: sentence(diagnosis.remedy),
      }
  }
}

function projectWords(diagnosis: Of<'project-unseen' | 'project-unread' | 'project-permissions'>): Told {
  const project = plain(diagnosis.project)
  const people = `Jira → ${project} → Project settings → Access (or Permissions)`
  switch (diagnosis.kind) {
    case 'project-unseen':
      return {
        weight: 'wrong',
        what: `Jira has no project ${project}, or does not show it to Waybill's account: each of its issues counts as not found.`,
        next: `Check issues.projects in .github/waybill.yml; or let the account in: ${people}.`,
      }
    case 'project-unread':
      return {
        weight: 'note',
        what: `What Waybill's account may do in ${project} can't be read: ${plain(diagnosis.cause)}.`,
        next: 'Run this again.',
      }
    case 'project-permissions':
      return {
        weight: 'wrong',
        what: `Waybill's account lacks in ${project}: ${diagnosis.lacks.map(permissionName).join(', ')}.`,
        next: `Give them to its role: ${people}.`,
      }
  }
}

function othersWords(
  diagnosis: Of<'others-unseen' | 'panel-told-twice' | 'panel-told-by-others' | 'jira-app-file'>,
  { repositoryUrl, jira: { site } }: Health,
): Told {
  const takeOut = 'Jira → Apps → GitHub for Atlassian → Configure'
  switch (diagnosis.kind) {
    case 'others-unseen':
      return {
        weight: 'note',
        what: `Whether another tool tells the same panels (${diagnosis.panels.join(', ')}) can't be seen: ${plain(diagnosis.cause)}.`,
        next: `Run this with Waybill's own database, and with an API token whose account may View development tools; or look at an issue of ${repositoryUrl} yourself.`,
      }
    case 'panel-told-twice':
      return {
        weight: 'weak',
        what: `Somebody else tells the ${diagnosis.panel} panel too: ${some(diagnosis.issueKeys)} shows more than Waybill told.`,
        next: `Look at ${site}/browse/${diagnosis.issueKeys[0]}, Development. What leads to ${repositoryUrl} twice: take this repository from the other tool (${takeOut}), or write "jira: { panels: { ${diagnosis.panel}: off } }".`,
      }
    case 'panel-told-by-others':
      return {
        weight: 'note',
        what: `Another tool tells the ${diagnosis.panel} panel of the same projects: ${some(diagnosis.issueKeys)} shows what Waybill never told, for any repository.`,
        next: `Look at ${site}/browse/${diagnosis.issueKeys[0]}, Development. Only what leads to ${repositoryUrl} will be there twice: take this repository from the other tool (${takeOut}), or write "jira: { panels: { ${diagnosis.panel}: off } }".`,
      }
    case 'jira-app-file':
      return {
        weight: 'note',
        what: 'The default branch has .jira/config.yml, which GitHub for Atlassian reads: it seems to tell Jira of deployments and builds too.',
        next: `Take this repository from it (${takeOut}) and delete the file; or leave it builds and development, and write "off" for them.`,
      }
  }
}

function some(issueKeys: readonly string[]): string {
  const shown = issueKeys.slice(0, 3).map((key) => plain(key))
  return issueKeys.length > shown.length
    ? `${shown.join(', ')} and ${issueKeys.length - shown.length} more`
    : shown.join(', ')
}

/** As Jira's settings call it. */
function permissionName(key: string): string {
  const words = key.toLowerCase().replaceAll('_', ' ')
  return plain(words.slice(0, 1).toUpperCase() + words.slice(1))
}

function sentence(remedy: string): string {
  return plain(`${remedy.slice(0, 1).toUpperCase()}${remedy.slice(1)}.`)
}

function arrivalWords(diagnosis: Of<'jira-away' | 'reports-troubled' | 'acts-troubled'>): Told {
  switch (diagnosis.kind) {
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

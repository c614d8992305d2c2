import type { AuditEntry } from '../model/audit-entry.ts'
import type { LineRef } from '../model/ref.ts'

/** Why a line that Waybill worked on is no longer its: read from GitHub, never concluded from a failure. */
export type Departure = 'archived' | 'not-listed' | 'not-installed'

const causes: Readonly<Record<Departure, string>> = {
  archived: 'the repository is archived or disabled',
  'not-listed': 'the repository was deleted, transferred, or taken out of the installation',
  'not-installed': 'the App was uninstalled or suspended',
}

/** What the audit log says when Waybill stops on a line that was configured since `since` (ms, UTC). */
export function departureOf({ branch }: LineRef, since: number, departure: Departure): AuditEntry {
  return {
    key: `stop:${branch}:${since}`,
    action: 'stop',
    actor: null,
    subject: branch,
    version: null,
    sha: null,
    environment: null,
    reason: `${causes[departure]}: Waybill stops here`,
    evidence: [],
  }
}

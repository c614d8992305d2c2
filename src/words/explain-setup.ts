import type { Explained, PromotionReasonOf } from './explained.ts'
import { code } from './inert.ts'

/** Why nothing can be deployed here, whoever asks. */
export function explainSetup(reason: PromotionReasonOf<'config-broken' | 'report-mode' | 'not-configured'>): Explained {
  switch (reason.kind) {
    case 'config-broken':
      return {
        cause: `The configuration ${code(reason.path)} on this branch can't be used.`,
        who: 'Somebody who may merge into this branch',
        next: 'Mend the file; the check on its pull request names the lines. Then comment again.',
      }
    case 'report-mode':
      return {
        cause: 'This repository is in report mode: Waybill says what it would do, and deploys nothing.',
        who: 'An admin of this repository',
        next: 'Take `mode: report` out of the configuration, then comment again.',
      }
    case 'not-configured':
      return {
        cause: 'This branch has no Waybill configuration with environments.',
        who: 'An admin of this repository',
        next: 'Add `environments` to `.github/waybill.yml`.',
      }
  }
}

import { nobody } from './explain-promoter.ts'
import type { Explained, PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'

/** Why a rollback, a retry or a hold does not happen. */
export function explainOperation(
  reason: PromotionReasonOf<
    'not-operator' | 'not-emergency' | 'nothing-before' | 'never-good' | 'nothing-failed' | 'nobody-promoted'
  >,
): Explained {
  switch (reason.kind) {
    case 'not-operator':
      return {
        cause: `${inert(reason.login)} neither promotes to ${code(reason.environment)} nor has write access.`,
        who:
          reason.promoters === 'nobody'
            ? 'Anybody with write access'
            : `${code(reason.promoters)}, or anybody with write access`,
        next: 'Ask one of them to comment the same.',
      }
    case 'not-emergency':
      return notInEmergency(reason)
    case 'nothing-before':
      return {
        cause: `No earlier version was live and good in ${code(reason.environment)}.`,
        who: 'The authors',
        next: 'Merge a repair and promote that.',
      }
    case 'never-good':
      return {
        cause: reason.isBad
          ? `${code(reason.version)} is what would be taken away from ${code(reason.environment)}, so it can't be what returns.`
          : `${code(reason.version)} was never live in ${code(reason.environment)} before, or was rejected.`,
        who: 'You',
        next: 'Leave the version out: the last good one returns.',
      }
    case 'nothing-failed':
      return {
        cause:
          reason.version === null
            ? `Waybill knows of no deployment to ${code(reason.environment)}.`
            : `The newest deployment to ${code(reason.environment)}, of ${code(reason.version)}, has not failed.`,
        who: 'Nobody',
        next: 'A retry repeats only what failed last.',
      }
    case 'nobody-promoted':
      return {
        cause: `What failed last in ${code(reason.environment)}, ${code(reason.version)}, was promoted by nobody: it was deployed past Waybill, or by policy.`,
        who: 'A promoter',
        next: `A retry rests on the word of whoever promoted it; comment ${code(`/waybill promote ${reason.environment} ${reason.version}`)}.`,
      }
  }
}

type Named = { readonly login: string; readonly environment: string; readonly promoters: string }

function notInEmergency({ login, environment, promoters }: Named): Explained {
  const isNobody = promoters === 'nobody'
  return {
    cause: `${inert(login)} is not one of those who may promote to ${code(environment)} in an emergency.`,
    who: isNobody ? nobody.who : code(promoters),
    next: isNobody
      ? 'Name somebody under `emergency`, or wait for what an ordinary promotion waits for.'
      : '`emergency` in the configuration names them; ask one of them to comment the same.',
  }
}

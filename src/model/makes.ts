import type { Effect } from './effect.ts'

/** It makes something new on a line, or decides something about it, on which the rest of the plan then depends. */
export function makes(effect: Effect): boolean {
  switch (effect.kind) {
    case 'create-tag':
    case 'publish-release':
    case 'create-deployment':
    case 'deploy-branch':
    case 'set-status':
    case 'decide':
      return true
    case 'post-check':
    case 'answer-run':
    case 'say-on-pull':
    case 'answer-wish':
    case 'call-people':
    case 'react':
    case 'settle-wish':
    case 'audit':
    case 'report':
    case 'act-on-issue':
    case 'settle-deployment':
    case 'remember-verified':
    case 'keep-standing':
    case 'void-version':
    case 'keep-config':
    case 'look':
      return false
  }
}

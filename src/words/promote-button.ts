import type { CheckButton } from '../model/post-check.ts'
import { promoteIdentifier } from '../model/press.ts'

/** GitHub's limits for a button (characters). */
const mostLabel = 20
const mostDescription = 40

/** Asks for what `/waybill promote ENVIRONMENT` asks for. */
export function promoteButton(environment: string): CheckButton {
  return {
    label: shortened(`Promote to ${environment}`, mostLabel),
    description: shortened(`Ask for it in ${environment}`, mostDescription),
    identifier: promoteIdentifier(environment),
  }
}

function shortened(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}

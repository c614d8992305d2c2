import type { Silence, SilenceCause } from '../model/silence.ts'
import { checkList } from './check-list.ts'
import { code } from './inert.ts'

/** Why a check does not come, as sentences to stand behind what is missing; empty while it is not late. */
export function whySilent(silence: Silence | null): string {
  return (silence?.causes ?? []).map((cause) => ` ${sentenceOf(cause)}`).join('')
}

/** Who can bring it about; null while nobody need. */
export function whoOfSilence(silence: Silence | null): string | null {
  const [first] = silence?.causes ?? []
  if (first === undefined) return null
  return first.kind === 'workflow-awaits-approval' ? 'Somebody with write access' : 'Whoever keeps the build'
}

/** What to do about the surest cause; null while it is not late. */
export function nextOfSilence(silence: Silence | null): string | null {
  const [first] = silence?.causes ?? []
  if (first === undefined) return null
  switch (first.kind) {
    case 'workflow-awaits-approval':
      return 'Press “Approve workflows to run” on the pull request.'
    case 'no-runner':
      return `Look whether a runner has the labels that ${code('runs-on')} asks for, and whether it is online.`
    case 'other-name':
      return `Write ${code(first.reported)} where ${code(first.missing)} is asked for.`
    case 'not-started':
      return `Let its workflow run on ${code(first.event)} for every change, or take its name out of ${code('merge.checks')} and out of what GitHub requires.`
  }
}

function sentenceOf(cause: SilenceCause): string {
  switch (cause.kind) {
    case 'workflow-awaits-approval':
      return 'A workflow waits until somebody approves that it may run.'
    case 'no-runner':
      return `Queued and never begun: ${checkList(cause.checks)}; no runner may have its label.`
    case 'other-name':
      return `${code(cause.missing)} may be what reports as ${code(cause.reported)}.`
    case 'not-started':
      return `That is late: its workflow may not run on ${code(cause.event)}, or a filter of paths or branches leaves this change out.`
  }
}

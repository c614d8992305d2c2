import type { CheckButton } from '../model/post-check.ts'

/** Asks for the same that an event would: everything is read and judged again. */
export const recheckButton: CheckButton = {
  label: 'Re-check',
  description: 'Read and judge everything again',
  identifier: 'recheck',
}

import type { Progress } from '../reconcile/backfill.ts'

const width = 24

/** A bar that is drawn over itself on a terminal, and a plain line a step elsewhere. */
export function progressLine(progress: Progress, terminal: boolean): string {
  if (progress.kind === 'waits') {
    const words = `Jira asks to wait until ${new Date(progress.until).toISOString().slice(11, 19)} UTC`
    return terminal ? `\r\u001b[2K${words}` : `${words}\n`
  }
  const { what, done, of } = progress
  const words = `${done} of ${of} ${what}`
  if (!terminal) return `${words}\n`
  const filled = of === 0 ? width : Math.round((done / of) * width)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`
  return `\r\u001b[2K${bar} ${words}${done >= of ? '\n' : ''}`
}

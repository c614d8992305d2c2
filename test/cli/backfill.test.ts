import { describe, expect, it } from 'vitest'
import { parseDate } from '../../src/cli/backfill.ts'
import { progressLine } from '../../src/cli/progress-line.ts'

describe('what waybill backfill says', () => {
  it('a bar that is drawn over itself on a terminal, plain lines elsewhere', () => {
    const half = { kind: 'step', what: 'pull requests', done: 6, of: 12 } as const
    expect(progressLine(half, false)).toBe('6 of 12 pull requests\n')
    expect(progressLine(half, true)).toBe('\r\u001b[2K████████████░░░░░░░░░░░░ 6 of 12 pull requests')
    expect(progressLine({ ...half, done: 12 }, true).endsWith('\n')).toBe(true)
    const wait = { kind: 'waits', until: Date.UTC(2026, 0, 2, 10) } as const
    expect(progressLine(wait, false)).toBe('Jira asks to wait until 10:00:00 UTC\n')
  })

  it.each(['2026-02-30', '26-01-01', 'yesterday', ''])('%s is no date', (text) => {
    expect(parseDate(text)).toBeNull()
  })
})

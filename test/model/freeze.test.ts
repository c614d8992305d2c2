import { describe, expect, it } from 'vitest'
import { freezeAt, freezeProblem } from '../../src/model/freeze.ts'
import { cpuTime } from '../cpu-time.ts'

const at = (iso: string) => Date.parse(iso)
const weekend = { from: 'Fri 16:00', to: 'Mon 08:00', timezone: 'Australia/Sydney', reason: 'weekend' }

describe('a weekly freeze', () => {
  // Sydney is UTC+11 in summer: Friday 16:00 there is 05:00 UTC.
  it.each([
    ['E11: about to start', '2026-01-02T04:59:59Z', null],
    ['E11: at its start', '2026-01-02T05:00:00Z', '2026-01-04T21:00:00Z'],
    ['in the middle', '2026-01-04T12:00:00Z', '2026-01-04T21:00:00Z'],
    ['a moment before its end', '2026-01-04T20:59:59Z', '2026-01-04T21:00:00Z'],
    ['at its end', '2026-01-04T21:00:00Z', null],
    ['in the middle of the week', '2026-01-07T02:00:00Z', null],
  ])('%s', (_name, now, until) => {
    expect(freezeAt([weekend], at(now))).toEqual(until === null ? null : { reason: 'weekend', until: at(until) })
  })

  it('E11: ends by the clock of its zone, when that changes in the night', () => {
    // Sydney turns back on 2026-04-05 at 03:00: Monday 08:00 is UTC+10.
    expect(freezeAt([weekend], at('2026-04-04T00:00:00Z'))?.until).toBe(at('2026-04-05T22:00:00Z'))
    // And forward on 2026-10-04 at 02:00: Monday 08:00 is UTC+11.
    expect(freezeAt([weekend], at('2026-10-03T00:00:00Z'))?.until).toBe(at('2026-10-04T21:00:00Z'))
    // Berlin skips 02:30 on 2026-03-29: the freeze begins with the change, when the clock shows 03:00.
    const night = { from: 'Sun 02:30', to: 'Sun 05:00', timezone: 'Europe/Berlin', reason: 'night' }
    expect(freezeAt([night], at('2026-03-29T00:59:59Z'))).toBeNull()
    expect(freezeAt([night], at('2026-03-29T01:00:00Z'))?.until).toBe(at('2026-03-29T03:00:00Z'))
    // And has 02:30 twice on 2026-10-25: the first one counts.
    expect(freezeAt([night], at('2026-10-25T00:29:59Z'))).toBeNull()
    expect(freezeAt([night], at('2026-10-25T00:30:00Z'))?.until).toBe(at('2026-10-25T04:00:00Z'))
    // An end at 02:30 is the moment of the change in spring, and the second of the two in autumn.
    const evening = { from: 'Sat 22:00', to: 'Sun 02:30', timezone: 'Europe/Berlin', reason: 'evening' }
    expect(freezeAt([evening], at('2026-03-29T00:30:00Z'))?.until).toBe(at('2026-03-29T01:00:00Z'))
    expect(freezeAt([evening], at('2026-10-24T23:00:00Z'))?.until).toBe(at('2026-10-25T01:30:00Z'))
    expect(
      freezeAt([{ ...evening, from: '2026-10-24', to: '2026-10-25 02:30' }], at('2026-10-25T01:29:59Z')),
    ).not.toBeNull()
  })

  it('within one day, over the night, and all week but an hour', () => {
    const lunch = { from: 'Wed 12:00', to: 'Wed 13:00', timezone: 'UTC', reason: 'lunch' }
    expect(freezeAt([lunch], at('2026-01-07T12:30:00Z'))?.until).toBe(at('2026-01-07T13:00:00Z'))
    expect(freezeAt([lunch], at('2026-01-07T13:00:00Z'))).toBeNull()
    const most = { from: 'Wed 13:00', to: 'Wed 12:00', timezone: 'UTC', reason: 'most' }
    expect(freezeAt([most], at('2026-01-07T11:00:00Z'))?.until).toBe(at('2026-01-07T12:00:00Z'))
    expect(freezeAt([most], at('2026-01-07T12:30:00Z'))).toBeNull()
  })
})

describe('a freeze by dates', () => {
  const holidays = { from: '2026-12-24', to: '2027-01-01', timezone: 'UTC', reason: 'holidays' }

  it('lasts from the first moment of its first day to the last of its last', () => {
    expect(freezeAt([holidays], at('2026-12-23T23:59:59Z'))).toBeNull()
    expect(freezeAt([holidays], at('2026-12-24T00:00:00Z'))?.until).toBe(at('2027-01-02T00:00:00Z'))
    expect(freezeAt([holidays], at('2027-01-01T23:59:59Z'))?.until).toBe(at('2027-01-02T00:00:00Z'))
    expect(freezeAt([holidays], at('2027-01-02T00:00:00Z'))).toBeNull()
  })

  it('begins and ends at a time of day, where the dates have one', () => {
    const launch = { from: '2026-05-01 18:00', to: '2026-05-02 06:00', timezone: 'Europe/Berlin', reason: 'launch' }
    expect(freezeAt([launch], at('2026-05-01T15:59:59Z'))).toBeNull()
    expect(freezeAt([launch], at('2026-05-01T16:00:00Z'))?.until).toBe(at('2026-05-02T04:00:00Z'))
  })

  it('E11: windows that overlap or follow at once are one freeze; one without an end has no next opening', () => {
    const saturday = { from: '2027-01-02', to: '2027-01-02', timezone: 'UTC', reason: 'stock-taking' }
    const later = { from: '2026-12-30', to: '2027-01-01', timezone: 'UTC', reason: 'inside' }
    expect(freezeAt([holidays, later, saturday], at('2026-12-31T00:00:00Z'))).toEqual({
      reason: 'holidays',
      until: at('2027-01-03T00:00:00Z'),
    })
    const always = [
      { from: 'Mon 00:00', to: 'Thu 00:00', timezone: 'UTC', reason: 'first half' },
      { from: 'Thu 00:00', to: 'Mon 00:00', timezone: 'UTC', reason: 'second half' },
    ]
    expect(freezeAt(always, at('2026-01-07T00:00:00Z'))).toEqual({ reason: 'first half', until: null })
  })

  it('X23: hundreds of windows that follow on one another take no longer than a few', () => {
    const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10)
    const chain = Array.from({ length: 480 }, (_, number) => {
      return { from: day(number), to: day(number), timezone: 'Australia/Lord_Howe', reason: 'audit' }
    })
    const began = cpuTime()
    expect(freezeAt(chain, at('2026-01-03T00:00:00Z'))).toEqual({ reason: 'audit', until: null })
    expect(cpuTime() - began).toBeLessThan(3000)
    expect(freezeAt(chain.slice(0, 20), at('2026-01-03T00:00:00Z'))?.until).toBe(at('2026-01-20T13:00:00Z'))
  })
})

describe("what is wrong with a window's words", () => {
  const base = { from: 'Fri 16:00', to: 'Mon 08:00', timezone: 'UTC', reason: 'x' }
  it.each([
    [{}, null],
    [{ from: 'Friday 16:00' }, 'from and to must both be'],
    [{ to: 'Mon 24:00' }, 'from and to must both be'],
    [{ from: '2026-02-30', to: '2026-03-01' }, 'from and to must both be'],
    [{ timezone: 'Mars/Olympus' }, 'there is no time zone Mars/Olympus'],
    [{ timezone: '' }, 'there is no time zone'],
    [{ to: '2026-12-24' }, 'of the same kind'],
    [{ to: 'Fri 16:00' }, 'the same moment'],
    [{ from: '2026-12-24', to: '2026-12-23' }, 'later than from'],
    [{ from: '2026-12-24', to: '2026-12-24' }, null],
  ])('%j', (change, problem) => {
    const said = freezeProblem({ ...base, ...change })
    if (problem === null) expect(said).toBeNull()
    else expect(said).toContain(problem)
  })
})

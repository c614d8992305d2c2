import { ride } from './ride.ts'

/** How often Waybill calls GitHub for one change, by call. Token exchanges and the idle sweep belong to no change. */
export async function benchCalls(): Promise<readonly string[]> {
  const { calls, seconds } = await ride({}, async () => '')
  const counted = calls.filter(
    (call) => !/access_tokens|\/installations|\/installation\/|GET \/app|SweepRefs/.test(call),
  )
  const byCall = new Map<string, number>()
  for (const call of counted) byCall.set(call, (byCall.get(call) ?? 0) + 1)
  const rows = [...byCall]
    .toSorted((a, b) => b[1] - a[1])
    .map(([call, times]) => `${String(times).padStart(4)}  ${call}`)
  const released = counted.findLastIndex((call) => /POST .*\/releases$/.test(call)) + 1
  return [
    ...rows,
    `${String(counted.length).padStart(4)}  in all, in ${seconds.toFixed(1)} s`,
    `${String(released).padStart(4)}  from the first push to the published release`,
  ]
}

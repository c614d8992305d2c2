import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Watch } from '../model/watched.ts'
import type { Depths } from '../store/depths.ts'
import { Counter, Gauge, Registry } from './library.ts'

export type Metrics = {
  readonly watch: Watch
  /** The page that Prometheus reads. */
  readonly page: () => Promise<{ readonly type: string; readonly text: string }>
  readonly stop: () => void
}

/** Counts what happens, and reads the depths when it is asked. The gauges of a database that does not answer are no numbers. */
export function createMetrics(readDepths: () => Promise<Depths>): Metrics {
  const register = new Registry()
  const watch = createWatch(register)
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [register] })
  const oldest = gauge('waybill_oldest_hint_seconds', 'How long the oldest hint has waited for its pass')
  const outbox = gauge('waybill_outbox_reports', 'Reports that wait for Jira')
  const parked = gauge('waybill_parked_subjects', 'Subjects that failed too often and wait for a new event')
  const resident = gauge('process_resident_memory_bytes', 'Resident memory')
  const delays = ['50', '99', '100'].map((percentile) => [Number(percentile), percentile] as const)
  const loop = new Gauge({
    name: 'waybill_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last reading, by percentile',
    labelNames: ['percentile'],
    registers: [register],
  })
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  histogram.enable()
  return {
    watch,
    stop: () => void histogram.disable(),
    page: async () => {
      const depths = await readDepths().catch(() => null)
      oldest.set(depths === null ? Number.NaN : depths.oldestHint / 1000)
      outbox.set(depths?.outbox ?? Number.NaN)
      parked.set(depths?.parked ?? Number.NaN)
      resident.set(process.memoryUsage.rss())
      for (const [percentile, name] of delays) loop.set({ percentile: name }, histogram.percentile(percentile) / 1e9)
      histogram.reset()
      return { type: register.contentType, text: await register.metrics() }
    },
  }
}

function createWatch(register: Registry): Metrics['watch'] {
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [register] })
  const deliveries = counter('waybill_deliveries_total', 'Deliveries by event and result', ['event', 'result'])
  const passes = counter('waybill_passes_total', 'Passes by subject and result', ['subject', 'result'])
  const calls = counter('waybill_calls_total', 'Calls by program, kind and status', ['to', 'call', 'status'])
  const remaining = new Gauge({
    name: 'waybill_github_remaining',
    help: "What is left of GitHub's hourly limit, by installation and resource",
    labelNames: ['installation', 'resource'],
    registers: [register],
  })
  return (one) => {
    switch (one.kind) {
      case 'delivery':
        return deliveries.inc({ event: one.event, result: one.result })
      case 'pass':
        return passes.inc({ subject: one.subject, result: one.result })
      case 'call':
        return calls.inc({ to: one.to, call: one.call, status: String(one.status) })
      case 'remaining':
        return remaining.set({ installation: one.installation, resource: one.resource }, one.remaining)
    }
  }
}

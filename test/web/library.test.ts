import * as prometheus from 'prom-client'
import { expect, it } from 'vitest'
import { Counter, Gauge, Registry } from '../../src/web/library.ts'

it('has the very classes that the entry point of prom-client has', () => {
  expect(Counter).toBe(prometheus.Counter)
  expect(Gauge).toBe(prometheus.Gauge)
  expect(Registry).toBe(prometheus.Registry)
})

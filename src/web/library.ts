import { createRequire } from 'node:module'
import type * as whole from 'prom-client'

const require = createRequire(import.meta.url)

/** What of prom-client the metrics page is made of. Its entry point loads OpenTelemetry, gateways and clusters too. */
export const Counter: typeof whole.Counter = require('prom-client/lib/counter')
export const Gauge: typeof whole.Gauge = require('prom-client/lib/gauge')
export const Registry: typeof whole.Registry = require('prom-client/lib/registry')
export type Registry = whole.Registry

import { Hono } from 'hono'
import { type DeliveryLog, toDeliveryDetails, toDeliveryItem } from './delivery-log.ts'
import type { Webhooks } from './webhooks.ts'

/**
 * `/app/hook/deliveries` and what is below it, for the App's own JWT only. Pages go by `cursor`, the id of the last delivery of the page
 * before; the next page is named in the `link` header.
 */
export function deliveryRoutes(options: {
  readonly webhooks: Webhooks
  /** Whether the request carries the App's JWT. */
  readonly isApp: (request: Request) => boolean
}): Hono {
  const { webhooks, isApp } = options
  const routes = new Hono()
  routes.use('/app/hook/deliveries/*', async (c, next) => {
    if (isApp(c.req.raw)) return next()
    const documentation_url = 'https://docs.github.com/rest'
    return c.json({ message: 'A JSON web token could not be decoded', documentation_url, status: '401' }, 401)
  })
  routes.get('/app/hook/deliveries', (c) => {
    const page = pageOf(webhooks.deliveries, c.req.query())
    const link = nextLink(c.req.url, page.next)
    return c.json(page.deliveries.map(toDeliveryItem), 200, link === undefined ? {} : { link })
  })
  routes.get('/app/hook/deliveries/:id', (c) => {
    const delivery = webhooks.deliveries.find(Number(c.req.param('id')))
    if (delivery === undefined) return c.json({ message: 'Not Found', status: '404' }, 404)
    return c.json(toDeliveryDetails(delivery, webhooks.status().url ?? ''))
  })
  routes.post('/app/hook/deliveries/:id/attempts', (c) =>
    webhooks.redeliver(Number(c.req.param('id')))
      ? c.json({}, 202)
      : c.json({ message: 'Not Found', status: '404' }, 404),
  )
  return routes
}

function pageOf(log: DeliveryLog, query: { readonly [name: string]: string }) {
  const { cursor, per_page: size = '30', status } = query
  const wanted = log.list().filter(({ statusCode }) => {
    const ok = statusCode >= 200 && statusCode < 400
    return status === undefined || (status === 'success') === ok
  })
  const start = cursor === undefined ? 0 : wanted.findIndex(({ id }) => id < Number(cursor.replace(/^v1_/, '')))
  const rest = start < 0 ? [] : wanted.slice(start)
  const deliveries = rest.slice(0, Math.min(100, Math.max(1, Number(size))))
  return { deliveries, next: rest.length > deliveries.length ? deliveries.at(-1)?.id : undefined }
}

function nextLink(address: string, next: number | undefined): string | undefined {
  if (next === undefined) return undefined
  const url = new URL(address)
  url.searchParams.set('cursor', `v1_${next}`)
  return `<${url}>; rel="next"`
}

import type { Answer, Call } from './call.ts'
import { query } from './call.ts'

/** One page of the list, chosen by `page` and `per_page` (30 unless told, 100 at most), with the `link` header. */
export async function paginate<T>(
  call: Pick<Call, 'url'>,
  items: readonly T[],
  serialise: (item: T) => Promise<unknown> | unknown,
): Promise<Answer> {
  const { page, headers } = cut(call, items)
  return { status: 200, body: await Promise.all(page.map(serialise)), headers }
}

/** The same for answers that wrap the list and say how many there are. */
export async function paginateCounted<T>(
  call: Pick<Call, 'url'> & { readonly key: string },
  items: readonly T[],
  serialise: (item: T) => Promise<unknown> | unknown,
): Promise<Answer> {
  const { page, headers } = cut(call, items)
  return {
    status: 200,
    body: { total_count: items.length, [call.key]: await Promise.all(page.map(serialise)) },
    headers,
  }
}

function cut<T>(call: Pick<Call, 'url'>, items: readonly T[]) {
  const size = Math.min(100, Math.max(1, Number(query(call, 'per_page') ?? 30) || 30))
  const number = Math.max(1, Number(query(call, 'page') ?? 1) || 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const page = items.slice((number - 1) * size, number * size)
  return { page, headers: linkHeader(call.url, { number, last }) }
}

function linkHeader(url: URL, { number, last }: { readonly number: number; readonly last: number }) {
  const link = (page: number, rel: string) => {
    const target = new URL(url)
    target.searchParams.set('page', String(page))
    return `<${target}>; rel="${rel}"`
  }
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(1, 'first')] : []),
  ]
  return links.length === 0 ? {} : { link: links.join(', ') }
}

import { z } from 'zod'

/** An http or https address, held without slashes at its end. `what` completes “must be …”. */
export function httpUrl(what: string): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => isHttpUrl(text), `must be ${what}, such as https://example.com`)
    .transform((text) => text.replace(/\/+$/, ''))
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || url.protocol === 'http:'
}

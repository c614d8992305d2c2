import { createHmac, timingSafeEqual } from 'node:crypto'

/** Marks Waybill's own comments, so that they are found again and nobody else's are taken for them. */
export type Marker = {
  /** The HTML comment that ends a body. `subject` names what the comment is for: `pull:7`, `answer:12`. */
  write(repositoryId: number, subject: string): string
  /** Does this body end with the marker of that subject? */
  isIn(body: string, repositoryId: number, subject: string): boolean
}

/** `secret` outlives the webhook secret: another one makes all earlier comments foreign. */
export function createMarker(secret: string): Marker {
  const write = (repositoryId: number, subject: string) => {
    const hmac = createHmac('sha256', secret).update(`${repositoryId}:${subject}`).digest('hex')
    return `<!-- waybill:${subject}:${hmac} -->`
  }
  return {
    write,
    isIn: (body, repositoryId, subject) => {
      const wanted = Buffer.from(write(repositoryId, subject))
      const there = Buffer.from(body.trimEnd()).subarray(-wanted.length)
      return there.length === wanted.length && timingSafeEqual(there, wanted)
    },
  }
}

import { code } from './inert.ts'

/** One of those whom the configuration lets promote: people and teams by name, or everybody who may write. */
export function somebodyOf(promoters: string): string {
  return promoters === 'write-access' ? 'somebody with write access' : `somebody of ${code(promoters)}`
}

import type { Database } from './database.ts'

/** Whether the database answers within 1.9 s. Never rejects. */
export async function answersInTime(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | null = null
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), 1900)
  })
  const ping = database.ping().then(
    () => true,
    () => false,
  )
  const answer = await Promise.race([ping, late])
  if (timer !== null) clearTimeout(timer)
  return answer
}

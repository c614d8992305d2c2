/** Something that is asked, and whoever waits for the answer. */
export type Asked<Question, Answer> = {
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * What comes while a batch is under way is answered together in the next, at most so many at a time; what comes in the
 * same turn of the event loop is together from the start. `answer` settles every one it is given, and never rejects.
 */
export function inBatches<Question, Answer>(
  most: number,
  answer: (batch: readonly Asked<Question, Answer>[]) => Promise<void>,
): (question: Question) => Promise<Answer> {
  const waiting: Asked<Question, Answer>[] = []
  let answering = false
  const answerAll = async () => {
    while (waiting.length > 0) await answer(waiting.splice(0, most))
    answering = false
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (answering) return
      answering = true
      setImmediate(() => void answerAll())
    })
}

/** Every question of the batch is answered, in their order, or all of them fail alike. */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (batch: readonly Asked<Question, Answer>[]) => Promise<void> {
  return async (batch) => {
    try {
      const answers = await ask(batch.map(({ question }) => question))
      batch.forEach(({ resolve, reject }, at) => {
        const answer = answers[at]
        if (answer === undefined) reject(new Error('the database left a question open'))
        else resolve(answer)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}

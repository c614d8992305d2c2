export type WatchedLog = {
  readonly destination: { write(line: string): void }
  /** Rejects with the first line that held what no line may hold. */
  check(): void
}

/** The shapes of GitHub's tokens, of JSON Web Tokens and of signatures: whoever made them. */
const shapes = /\bgh[a-z]_\w{10,}|\beyJ[\w-]{8,}\.[\w-]{8,}|sha256=[0-9a-f]{64}/

/** Reads every line as it is written, for the values of these variables and for whatever looks like a secret (X48). */
export function watchedLog(variables: Readonly<Record<string, string>>): WatchedLog {
  const secret = /KEY|SECRET|TOKEN/
  const values = Object.entries(variables)
    .filter(([name]) => secret.test(name))
    .flatMap(([, value]) => value.split('\n'))
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .filter((value) => value.length >= 8 && !value.startsWith('-----'))
  let first: string | null = null
  let lines = 0
  return {
    destination: {
      write: (line) => {
        lines += 1
        if (first !== null) return
        if (shapes.test(line) || values.some((value) => line.includes(value))) first = line
      },
    },
    check: () => {
      if (values.length === 0 || lines === 0)
        throw new Error('X48: there was nothing to look for, or nothing was logged')
      if (first !== null) throw new Error(`X48: a secret is in a line of the log: ${first.slice(0, 2000)}`)
    },
  }
}

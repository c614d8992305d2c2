/** Facts for the operator; never a token, a secret or a payload. */
export type Log = {
  info(facts: LogFacts, message: string): void
  warn(facts: LogFacts, message: string): void
  error(facts: LogFacts, message: string): void
}

export type LogFacts = Readonly<Record<string, string | number | boolean | null>>

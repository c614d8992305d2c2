const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A duration of the configuration (`30s`, `60m`, `4h`, `7d`) in ms. */
export function durationOf(text: string): number {
  const match = /^(\d{1,5})([smhd])$/.exec(text)
  const [, amount, letter] = match ?? []
  switch (letter) {
    case 's':
    case 'm':
    case 'h':
    case 'd':
      return Number(amount) * unit[letter]
    default:
      throw new RangeError(`not a duration: ${text}`)
  }
}

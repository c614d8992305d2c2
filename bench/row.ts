/** One line of the table. `met` is null where there is no goal. */
export type Row = {
  readonly what: string
  readonly figure: string
  readonly goal: string | null
  readonly met: boolean | null
}

/** What a measurement found: lines of the table, and sentences that are shown only when it is asked for by its name. */
export type Measured = readonly (Row | string)[]

/** A figure that is to stay at or below its goal; `unit` follows both. */
export function atMost(what: string, figure: number, { goal, unit = '', digits = 0 }: Goal): Row {
  return row(what, { figure, goal, unit, digits, met: figure <= goal })
}

/** One that is to reach it. */
export function atLeast(what: string, figure: number, { goal, unit = '', digits = 0 }: Goal): Row {
  return row(what, { figure, goal, unit, digits, met: figure >= goal })
}

export function without(what: string, figure: string): Row {
  return { what, figure, goal: null, met: null }
}

type Goal = { readonly goal: number; readonly unit?: string; readonly digits?: number }

function row(
  what: string,
  { figure, goal, unit, digits, met }: Required<Goal> & { figure: number; met: boolean },
): Row {
  return { what, figure: `${figure.toFixed(digits)}${unit}`, goal: `${goal}${unit}`, met }
}

/** All rows under each other, as Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, figure, goal, met }) => [
    what,
    figure,
    goal ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
  ])
  const all = [['', 'figure', 'goal', 'met'], ...cells]
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((line) => line[at]?.length ?? 0)))
  const shown = all.map((line) => {
    return `| ${line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`
  })
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(Math.max(1, width - 1))}:`)).join(' | ')} |`
  return [shown[0], rule, ...shown.slice(1)].join('\n')
}

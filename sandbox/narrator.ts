import { stdout } from 'node:process'

export type Narrator = ReturnType<typeof createNarrator>

/** Tells the demo: plain lines, with colours on a terminal only. */
export function createNarrator() {
  const begun = Date.now()
  const paint = (code: number, text: string): string => (stdout.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text)
  const say = (text: string): void => void stdout.write(`${text}\n`)
  const seconds = (): string => ((Date.now() - begun) / 1000).toFixed(1)
  return {
    seconds,
    /** What somebody does. */
    step: (number: number, text: string) => say(`\n${paint(1, `${number}. ${text}`)}  ${paint(2, `(${seconds()} s)`)}`),
    does: (who: string, what: string) => say(`   ${paint(33, who)} ${what}`),
    /** What a place shows after it; long Markdown is cut to its first lines. */
    shows: (where: string, what: string, lines = 3) => {
      const shown = what.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('<!--'))
      for (const [at, line] of shown.slice(0, lines).entries()) {
        say(`   ${at === 0 ? paint(36, where.padEnd(18)) : ' '.repeat(18)} ${readable(line)}`)
      }
    },
    /** Before the first step and after the last. */
    aside: (text: string) => say(`\n${paint(1, text)}`),
  }
}

/** As GitHub would show it: what is escaped in Markdown without its mark. */
function readable(line: string): string {
  return line.replaceAll(/\\([\\`*_{}[\]()~|!^$#+=:-])/g, '$1').replaceAll('\u200B', '')
}

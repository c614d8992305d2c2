import { plain } from './inert.ts'

/** The shell commands that give a pushed branch its new name. Names from outside are quoted for the shell. */
export function renameCommands(branch: string, proposal: string): readonly string[] {
  // A name that begins with a dash would be read as an option.
  const end = branch.startsWith('-') ? '-- ' : ''
  return [
    `git branch -m ${end}${quoted(branch)} ${quoted(proposal)}`,
    `git push -u origin ${quoted(proposal)}`,
    `git push origin --delete ${end}${quoted(branch)}`,
  ]
}

/** The same for a branch with an open pull request, which GitHub would close if its branch were renamed. */
export function replaceCommands(branch: string, proposal: string): readonly string[] {
  return [
    'git fetch origin',
    `git switch -c ${quoted(proposal)} ${quoted(`origin/${branch}`)}`,
    `git push -u origin ${quoted(proposal)}`,
  ]
}

function quoted(name: string): string {
  const flat = plain(name)
  return /^[\w./-]+$/.test(flat) ? flat : `'${flat.replaceAll("'", `'\\''`)}'`
}

import type { Reason } from '../model/reason.ts'
import { code, plain } from './inert.ts'
import type { ReasonWords } from './reason-words.ts'
import { renameCommands, replaceCommands } from './rename-commands.ts'

type Naming = Extract<
  Reason,
  { kind: 'branch-without-key' | 'branch-off-pattern' | 'foreign-project' | 'several-issues' }
>

/** What is wrong with a branch's name. */
export function explainNaming(reason: Naming): ReasonWords {
  switch (reason.kind) {
    case 'branch-without-key':
      return {
        short: 'the branch names no issue',
        cause: `The branch ${code(reason.branch)} names no issue.`,
        who: whoOf(reason),
        next: nextOf(reason),
      }
    case 'branch-off-pattern':
      return {
        short: 'the branch is not named as agreed',
        cause: `The branch ${code(reason.branch)} names its issue, but does not have the shape ${list(reason.patterns, ' or ')}.`,
        who: whoOf(reason),
        next: nextOf(reason),
      }
    case 'foreign-project':
      return {
        short: `${plain(reason.keys.join(', '))} ${reason.keys.length === 1 ? 'is' : 'are'} of no project that counts here`,
        cause: `The branch names ${list(reason.keys, ', ')}; only issues of ${list(reason.projects, ', ')} count here.`,
        who: `${whoOf(reason)}, or whoever keeps the configuration`,
        next: `Name an issue of ${list(reason.projects, ' or ')}${reason.onPull ? ' in a new branch and open a pull request from it' : ', under a new branch name'}, or add the project to ${code('issues.projects')}.`,
      }
    case 'several-issues':
      return {
        short: `several issues: ${plain(reason.keys.join(', '))}`,
        cause: `It carries several issues: ${list(reason.keys, ', ')}. A change carries one.`,
        who: 'The author',
        next: 'Give each issue a branch and a pull request of its own; mention others in the text, not in the name nor at the start of the title or of a commit.',
      }
  }
}

type Unnamed = Extract<Naming, { kind: 'branch-without-key' | 'branch-off-pattern' }>

function whoOf({ onPull }: { readonly onPull: boolean }): string {
  return onPull ? 'The author' : 'Whoever pushed it'
}

function nextOf(reason: Unnamed): string {
  if (reason.isFork) return "Begin the pull request's title with the issue's key."
  const { branch, proposal } = reason
  if (proposal === null) {
    const shape = `${list(reason.patterns, ' or ')}, for example ${code('SHOP-7-gift-cards')} for an issue SHOP-7`
    return reason.onPull
      ? `Push the same commits to a branch named ${shape}, and open a pull request from it; it takes the place of this one.`
      : `Rename it to ${shape}.`
  }
  return reason.onPull
    ? `Renaming the branch would close this pull request. Push the same commits under a new name: ${commands(replaceCommands(branch, proposal))}. Then open a pull request from it; it takes the place of this one.`
    : `Rename it: ${commands(renameCommands(branch, proposal))}.`
}

function commands(lines: readonly string[]): string {
  return lines.map(code).join(', then ')
}

function list(names: readonly string[], between: string): string {
  return names.map(code).join(between)
}

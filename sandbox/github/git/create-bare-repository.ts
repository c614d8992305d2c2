import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signature } from './commits.ts'
import { runGit } from './run-git.ts'

export type FirstCommit = {
  readonly branch: string
  readonly author: Signature
  readonly message: string
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>
}

/** Makes a bare repository at `path` with one commit. It keeps unreachable objects, as pull requests may still name them. */
export async function createBareRepository(path: string, first: FirstCommit): Promise<void> {
  await Promise.all(['objects', 'refs/heads'].map((folder) => mkdir(join(path, folder), { recursive: true })))
  await writeFile(join(path, 'HEAD'), `ref: refs/heads/${first.branch}\n`)
  await writeFile(join(path, 'config'), config)
  await runGit(path, ['fast-import', '--quiet'], { input: toFastImport(first) })
}

const config = `[core]
\trepositoryformatversion = 0
\tbare = true
\tquotepath = false
[gc]
\tauto = 0
[receive]
\tautogc = false
\thideRefs = refs/pull
[uploadpack]
\tallowAnySHA1InWant = true
`

function toFastImport({ branch, author, message, files }: FirstCommit): string {
  const by = `${author.name} <${author.email}> ${Math.floor(author.at / 1000)} +0000`
  const head = `commit refs/heads/${branch}\nauthor ${by}\ncommitter ${by}\n${block(message)}`
  const changes = Object.entries(files).map(([name, text]) => `M 100644 inline ${name}\n${block(text)}`)
  return `${head}${changes.join('')}\n`
}

function block(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}

import type { Signature } from './commits.ts'
import { runGit, tryGit } from './run-git.ts'

export type TagObject = {
  readonly sha: string
  readonly object: string
  readonly type: string
  readonly tag: string
  readonly message: string
  readonly tagger: Signature
}

/** Writes an annotated tag's object and answers its sha; no ref points at it yet. Rejects what git's mktag refuses. */
export function writeTagObject(path: string, tag: Omit<TagObject, 'sha'>): Promise<string> {
  const { name, email, at } = tag.tagger
  const tagger = `${name} <${email}> ${Math.floor(at / 1000)} +0000`
  const head = `object ${tag.object}\ntype ${tag.type}\ntag ${tag.tag}\ntagger ${tagger}\n`
  return runGit(path, ['mktag'], { input: `${head}\n${tag.message}\n` })
}

/** Undefined when there is no tag object of that sha. */
export async function readTagObject(path: string, sha: string): Promise<TagObject | undefined> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return undefined
  const { code, stdout } = await tryGit(path, ['cat-file', 'tag', sha])
  if (code !== 0) return undefined
  const text = stdout.toString('utf8')
  const end = text.indexOf('\n\n')
  const header = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(text.slice(0, end))?.[1] ?? ''
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+) /.exec(header('tagger')) ?? []
  return {
    sha,
    object: header('object'),
    type: header('type'),
    tag: header('tag'),
    message: text.slice(end + 2).replace(/\n$/, ''),
    tagger: { name, email, at: Number(seconds) * 1000 },
  }
}

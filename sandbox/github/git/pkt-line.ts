/** One line of git's wire protocol: four hexadecimal digits of length, then the content (https://git-scm.com/docs/protocol-common). */
export function pktLine(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes])
}

export const flushPkt = Buffer.from('0000')

export type PushCommand = { readonly before: string; readonly after: string; readonly name: string }

export type PushHead = {
  readonly commands: readonly PushCommand[]
  /** Words such as `report-status`, `side-band-64k`. */
  readonly capabilities: ReadonlySet<string>
}

/** What a push asks for: the lines in front of its pack (https://git-scm.com/docs/gitprotocol-pack, "Reference Update Request"). */
export function readPushHead(body: Buffer): PushHead {
  const commands: PushCommand[] = []
  const capabilities = new Set<string>()
  for (let at = 0; at + 4 <= body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 4), 16)
    if (!(length > 4)) break
    const [line = '', words = ''] = body.toString('utf8', at + 4, at + length).split('\0')
    const [, before, after, name] = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+?)\n?$/.exec(line) ?? []
    if (before !== undefined && after !== undefined && name !== undefined) commands.push({ before, after, name })
    for (const word of words.trim().split(' ')) capabilities.add(word)
    at += length
  }
  return { commands, capabilities }
}

/** What undoes a patch, hunk by hunk, as git would show it: added lines taken away first, then those put back. */
export function invertPatch(patch: string): string {
  const inverted: string[] = []
  let removed: string[] = []
  let added: string[] = []
  const flush = () => {
    inverted.push(...removed, ...added)
    removed = []
    added = []
  }
  let last: string[] = inverted
  for (const line of patch.split('\n')) {
    if (line.startsWith('+')) {
      last = removed
      removed.push(`-${line.slice(1)}`)
    } else if (line.startsWith('-')) {
      last = added
      added.push(`+${line.slice(1)}`)
    } else if (line.startsWith('\\')) {
      // "No newline at end of file" belongs to the line before it.
      last.push(line)
    } else {
      flush()
      last = inverted
      inverted.push(line)
    }
  }
  flush()
  return inverted.join('\n')
}

/** GitHub takes 65,535 characters; bytes count for some of its limits, so half of that is kept free. */
const longest = 32_000

/** A summary that GitHub takes: cut at the end of a line where it is too long, and saying so. */
export function fitting(markdown: string): string {
  if (markdown.length <= longest) return markdown
  const cut = markdown.slice(0, longest)
  return `${cut.slice(0, Math.max(0, cut.lastIndexOf('\n')))}\n\n…and more than fits here.`
}

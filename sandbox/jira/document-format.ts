import { isJsonObject } from '../json-schema.ts'

const blocks = new Set([
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'codeBlock',
  'rule',
  'panel',
  'blockquote',
])
const inlines = new Set(['text', 'hardBreak', 'status', 'mention', 'emoji', 'date', 'inlineCard'])
const marks = new Set(['link', 'strong', 'em', 'code', 'strike', 'underline', 'subsup', 'textColor'])

/**
 * What is wrong with a comment's body; undefined when it is a document that Jira would show
 * (https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/).
 */
export function faultOfDocument(body: unknown): string | undefined {
  if (!isJsonObject(body) || body['type'] !== 'doc' || body['version'] !== 1) {
    return 'A comment is a document: {type: "doc", version: 1, content: […]}.'
  }
  const content = listOf(body['content'])
  if (content.length === 0) return 'Comment body can not be empty!'
  if (textLength(body) > 32_767)
    return 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.'
  return content.map(faultOfNode).find((fault) => fault !== undefined)
}

function faultOfNode(node: unknown): string | undefined {
  if (!isJsonObject(node)) return 'A node is an object.'
  const { type, text } = node
  if (typeof type !== 'string' || !(blocks.has(type) || inlines.has(type))) return `There is no node ${String(type)}.`
  if (type === 'text' && (typeof text !== 'string' || text === '')) return 'A text node needs a text.'
  const mark = listOf(node['marks']).find((one) => !isJsonObject(one) || !marks.has(String(one['type'])))
  if (mark !== undefined) return 'There is no such mark.'
  return listOf(node['content'])
    .map(faultOfNode)
    .find((fault) => fault !== undefined)
}

function textLength(node: unknown): number {
  if (!isJsonObject(node)) return 0
  const own = typeof node['text'] === 'string' ? node['text'].length : 0
  return listOf(node['content']).reduce<number>((sum, one) => sum + textLength(one), own)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

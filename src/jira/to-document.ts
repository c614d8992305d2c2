import type { addComment } from 'jira.js/cloud'
import type { Block, Span, Story } from '../model/story.ts'
import { fitText, fitUrl } from './fit.ts'

export type Document = Exclude<NonNullable<Parameters<typeof addComment>[1]['body']>, string>

/** Jira takes 32,767 characters in a comment; this many blocks and letters are far from it. */
const mostBlocks = 30
const mostItems = 50
const mostLetters = 300

/**
 * A comment in Atlassian's document format (https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/).
 * Text goes into text nodes only, where nothing is markup and nobody is mentioned.
 */
export function toDocument(story: Story): Document {
  return { type: 'doc', version: 1, content: story.slice(0, mostBlocks).map(toBlock) }
}

type Node = NonNullable<Document['content']>[number]

function toBlock(block: Block): Node {
  switch (block.kind) {
    case 'paragraph':
      return toParagraph(block.spans)
    case 'list': {
      const items = block.items.slice(0, mostItems)
      return { type: 'bulletList', content: items.map((item) => ({ type: 'listItem', content: [toParagraph(item)] })) }
    }
  }
}

function toParagraph(spans: readonly Span[]): Node {
  return { type: 'paragraph', content: spans.flatMap(toInline) }
}

function toInline(span: Span): Node[] {
  // Blanks at the ends part our own words from what is beside them.
  const [, before = '', words = '', after = ''] = /^( ?)(.*?)( ?)$/s.exec(span.text) ?? []
  const line = fitText(words, mostLetters, '')
  const text = `${before}${line}${line === '' ? '' : after}`
  if (text === '') return []
  switch (span.kind) {
    case 'text':
      return [{ type: 'text', text }]
    case 'strong':
      return [{ type: 'text', text, marks: [{ type: 'strong' }] }]
    case 'link': {
      const href = fitUrl(span.url, '')
      return [href === '' ? { type: 'text', text } : { type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }]
    }
    case 'lozenge':
      return [{ type: 'status', attrs: { text, color: span.color } }]
  }
}

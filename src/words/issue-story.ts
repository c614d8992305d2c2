import type { Block, Span, Story } from '../model/story.ts'
import type { StageShown } from './living-comment.ts'
import { byWhom, type PeopleShown, peopleSentence } from './people-sentence.ts'

export type PullShown = { readonly name: string; readonly title: string; readonly url: string }

export type Place = { readonly name: string; readonly url: string }

/** A stage as an issue shows it: also that its version was taken away again. */
export type IssueStage = StageShown & { readonly withdrawn: string | null }

/** The living comment on a Jira issue: where to look at the change, then where it is and what it waits for. */
export function livingStory(of: {
  readonly pull: PullShown
  readonly place: Place | null
  readonly version: { readonly tag: string; readonly url: string }
  readonly stages: readonly IssueStage[]
}): Story {
  const { pull, place, version, stages } = of
  const there = stages.findLast(
    ({ state, withdrawn }) => withdrawn === null && ['success', 'inactive', 'passed'].includes(state),
  )
  const head: readonly Span[] = [
    { kind: 'lozenge', text: there?.environment ?? 'released', color: there === undefined ? 'blue' : 'green' },
    text(' '),
    linkTo(pull),
    text(' is released as '),
    { kind: 'link', text: version.tag, url: version.url },
    text('.'),
  ]
  const items = stages.map((stage): readonly Span[] => [strong(stage.environment), text(` ${stageSentence(stage)}`)])
  const list: readonly Block[] = items.length === 0 ? [] : [{ kind: 'list', items }]
  return [...placeOf(place), paragraph(head), ...list]
}

/** The living comment while an unmerged pull request is tried out. */
export function tryStory({ pull, place }: { readonly pull: PullShown; readonly place: Place }): Story {
  return [
    ...placeOf(place),
    paragraph([
      { kind: 'lozenge', text: place.name, color: 'blue' },
      text(' '),
      linkTo(pull),
      text(' is tried out there before it is merged; it has no version yet.'),
    ]),
  ]
}

/** Said once, in a comment of its own, since nobody is told of an edit. */
export function arrivedStory(of: {
  readonly pull: PullShown
  readonly tag: string
  readonly environment: string
  readonly people: PeopleShown
  readonly place: Place | null
}): Story {
  const { pull, tag, environment, people, place } = of
  const head: readonly Span[] = [
    { kind: 'lozenge', text: environment, color: 'green' },
    text(' '),
    strong(tag),
    text(` is in ${environment}, and with it `),
    linkTo(pull),
    text('.'),
  ]
  return [paragraph(head), paragraph([text(`${peopleSentence(people)}.`)]), ...placeOf(place)]
}

/** Said once as well: it is not there any more. */
export function withdrawnStory(of: {
  readonly pull: PullShown
  readonly tag: string
  readonly environment: string
  readonly withdrawn: string
  readonly restored: string
}): Story {
  const { pull, tag, environment, withdrawn, restored } = of
  const head: readonly Span[] = [
    { kind: 'lozenge', text: 'rolled back', color: 'red' },
    text(' '),
    strong(tag),
    text(` is not in ${environment} any more, nor is `),
    linkTo(pull),
    text(`. ${restored} is there again.`),
  ]
  return [paragraph(head), paragraph([text(`${withdrawn}.`)])]
}

function placeOf(place: Place | null): readonly Block[] {
  if (place === null) return []
  return [paragraph([strong('Look at it: '), { kind: 'link', text: place.name, url: place.url }])]
}

function stageSentence(stage: IssueStage): string {
  if (stage.withdrawn !== null) return `had it. ${stage.withdrawn}.`
  switch (stage.state) {
    case 'success':
    case 'inactive':
      return stage.by === null ? 'has it.' : `has it, ${byWhom(stage.as, stage.by)}.`
    case 'failure':
    case 'error':
      return `did not take it: ${stage.description === '' ? 'the deployment failed' : stage.description}.`
    case 'pending':
    case 'queued':
    case 'in_progress':
      return 'is getting it now.'
    case 'next':
      return stage.promoters === null
        ? 'gets it next, by itself.'
        : `waits until somebody of ${stage.promoters} who did not write the change promotes it.`
    case 'later':
      return 'comes later.'
    case 'passed':
      return `has it with ${stage.description}.`
    case 'rejected':
      return `does not have it any more: ${stage.description}.`
  }
}

function linkTo({ name, title, url }: PullShown): Span {
  return { kind: 'link', text: `${name} ${title}`, url }
}

function paragraph(spans: readonly Span[]): Block {
  return { kind: 'paragraph', spans }
}

function text(words: string): Span {
  return { kind: 'text', text: words }
}

function strong(words: string): Span {
  return { kind: 'strong', text: words }
}

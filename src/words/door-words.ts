import { type Diagnosis, type Health, tagRules } from '../model/health.ts'
import { actorName, rulesetPage } from './bypass-words.ts'
import { plain } from './inert.ts'
import type { Told } from './told.ts'

type Of<K extends Diagnosis['kind']> = Extract<Diagnosis, { readonly kind: K }>

const done = { creation: 'make', update: 'move', deletion: 'delete' } as const
const restricts = { creation: 'creations', update: 'updates', deletion: 'deletions' } as const

/** Who gets to production past Waybill, by what GitHub leaves open, and where to click. */
export function doorWords(
  diagnosis: Of<'door-open' | 'tags-unbound' | 'tag-bypass' | 'tags-closed'>,
  { repositoryUrl }: Health,
): Told {
  switch (diagnosis.kind) {
    case 'door-open': {
      const environment = plain(diagnosis.environment)
      return {
        weight: 'weak',
        what: `GitHub lets a job on any branch into ${environment}: only its deployment protection rules stand before it.`,
        next: `At ${repositoryUrl}/settings/environments, ${environment}: limit deployment branches and tags to the tags of versions.`,
      }
    }
    case 'tags-unbound':
      return unbound(diagnosis, repositoryUrl)
    case 'tag-bypass':
      return bypassed(diagnosis, rulesetPage(diagnosis.ruleset, repositoryUrl))
    case 'tags-closed':
      return {
        weight: 'wrong',
        what: 'A ruleset restricts who makes the tags of versions, and this App is not on its bypass list: it can release nothing.',
        next: `${rulesetPage(diagnosis.ruleset, repositoryUrl)}, Bypass list: add this App.`,
      }
  }
}

function bypassed({ others }: Of<'tag-bypass'>, page: string): Told {
  if (others === null) {
    return {
      weight: 'note',
      what: 'Who may bypass the rules for the tags of versions is told to administrators only.',
      next: `Run this again with an administrator's GITHUB_TOKEN; or look at ${page}, Bypass list: this App alone should be on it.`,
    }
  }
  return {
    weight: 'weak',
    what: `The rules for the tags of versions may be bypassed by ${others.map(actorName).join(', ')}.`,
    next: `${page}, Bypass list: take them off it, and leave this App.`,
  }
}

function unbound({ tag, missing }: Of<'tags-unbound'>, repositoryUrl: string): Told {
  const page = `${repositoryUrl}/settings/rules`
  const ruleset =
    'a tag ruleset that restricts creations, updates and deletions, with this App alone on its bypass list'
  if (missing === null) {
    const what = `What the rulesets for tags restrict could not be read.`
    return { weight: 'note', what, next: `Look at ${page}: there should be ${ruleset}.` }
  }
  const what =
    missing.length === tagRules.length
      ? `No ruleset binds the tags ${plain(tag)}`
      : `No ruleset restricts the ${spoken(missing.map((rule) => restricts[rule]))} of the tags ${plain(tag)}`
  const deed = spoken(missing.map((rule) => done[rule]))
  return {
    weight: 'weak',
    what: `${what}: whoever may push can ${deed} the tag of a version. Waybill deploys nothing while one is not where it was made.`,
    next: `At ${page}: ${ruleset}.`,
  }
}

function spoken(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

import type { Diagnosis } from '../model/health.ts'
import { plain } from './inert.ts'
import type { Told } from './told.ts'

type Of<K extends Diagnosis['kind']> = Extract<Diagnosis, { readonly kind: K }>

/** What is not as it should be with the configuration, as plain text. */
export function configWords(diagnosis: Of<'config-unusable' | 'people-unknown'>): Told {
  switch (diagnosis.kind) {
    case 'config-unusable':
      return diagnosis.branch === null ? ofDefault(diagnosis) : ofLine(plain(diagnosis.branch), diagnosis)
    case 'people-unknown':
      return {
        weight: 'weak',
        what: `The configuration names whom GitHub does not know: ${diagnosis.names.map(plain).join(', ')}. Nobody counts by these names.`,
        next: 'Mend the names in .github/waybill.yml, or make the teams.',
      }
  }
}

type Unusable = Pick<Of<'config-unusable'>, 'config'>

function ofLine(name: string, { config }: Unusable): Told {
  switch (config) {
    case 'no-branch':
      return {
        weight: 'wrong',
        what: `merge.into names ${name}, and there is no such branch: nothing is gated by that.`,
        next: `Write the branch's name as it is now, or take ${name} out of merge.into.`,
      }
    case 'absent':
      return {
        weight: 'wrong',
        what: `merge.into names ${name}, and ${name} has no .github/waybill.yml of its own, which would judge what goes into it: its pull requests are not held.`,
        next: `Open a pull request into ${name} that adds the file.`,
      }
    case 'broken':
    case 'not-as-written':
    case 'unknown': {
      const { weight, what, next } = ofDefault({ config })
      return { weight, what: `On ${name}: ${what}`, next }
    }
  }
}

function ofDefault({ config }: Unusable): Told {
  switch (config) {
    case 'no-branch':
    case 'absent':
      return {
        weight: 'wrong',
        what: 'There is no .github/waybill.yml on the default branch: Waybill does nothing here.',
        next: 'Open a pull request that adds it; begin with "mode: report".',
      }
    case 'broken':
      return {
        weight: 'wrong',
        what: ".github/waybill.yml can't be used, and no older one could be read either: nothing passes.",
        next: 'Open a pull request that mends it; the check waybill/config names the lines.',
      }
    case 'not-as-written':
      return {
        weight: 'weak',
        what: '.github/waybill.yml is not in force as it stands: an older one, or a locked value of the organisation, is.',
        next: 'Open a pull request that mends it; the check waybill/config names the lines.',
      }
    case 'unknown':
      return { weight: 'note', what: "The configuration can't be read now.", next: 'Run this again.' }
  }
}

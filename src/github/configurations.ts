import type { Defaults } from '../model/config-defaults.ts'
import type { ConfigFile } from '../model/config-file.ts'
import { type ConfigRead, gatedBranches } from '../model/config-read.ts'
import type { Repository } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import { parseConfigurationFile } from './configuration-file.ts'
import { childOrNull, integer, type Json, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { createParsedFiles, type ParsedFiles } from './parsed-files.ts'
import { readGoodFile } from './read-good-file.ts'

/** Where a configuration stands: a commit that GitHub showed, and the organisation's `.github` repository beside it. */
export type ConfigPlace = {
  readonly octokit: Octokit
  readonly repository: Repository
  readonly branch: string
  readonly defaultBranch: string
  /** The branch's commit (`WaybillConfiguration`). */
  readonly target: Json | null
  /** `WaybillOrganisation`; null where there is none that we may see. */
  readonly organisation: Json | null
}

export type Configurations = {
  /** What is in force on a branch. Rejects with `Failed`. */
  inForce(place: ConfigPlace): Promise<ConfigRead>
  /** What would be in force with the file of another commit: nothing stands in for a broken one. */
  proposed(place: ConfigPlace): Promise<ConfigRead>
}

export type ConfigurationOptions = {
  /** `report` sets report mode everywhere, whatever the files say. */
  readonly mode: 'report' | null
  readonly kept: Pick<Memory, 'goodFile' | 'keepGoodFile' | 'accountsBound' | 'bindAccounts'>
}

/** The files of the branches, on top of the organisation's defaults. A broken file is stood in for by the last good one. */
export function createConfigurations({ mode, kept }: ConfigurationOptions): Configurations {
  const good = createGoodFiles(kept)
  const parsed = createParsedFiles()
  const read = async (place: ConfigPlace, standIn: boolean): Promise<ConfigRead> => {
    if (isOrganisation(place.repository)) return { kind: 'absent' }
    const file = parseConfigurationFile(place.target, `branch ${place.branch}`)
    if (file.kind === 'absent' || file.kind === 'unknown') return file
    const organisation = await defaultsIn(place, { good, parsed })
    if (organisation !== null && 'problems' in organisation) return organisation
    const defaults = organisation
    const written = file.kind === 'broken' ? file : parsed.config(file.file, defaults)
    if (!standIn) return written
    if (written.kind === 'valid' && file.kind === 'file') {
      const lines = gatedBranches(written.config, place.defaultBranch)
      if ([place.defaultBranch, ...lines].includes(place.branch)) await good.keep(place, file.file)
      return written
    }
    const parses = (one: ConfigFile) => parsed.config(one, defaults).kind === 'valid'
    const last = await good.find(place, parses)
    if (last === null || written.kind !== 'broken') return written
    const stood = parsed.config(last, defaults)
    return stood.kind === 'valid' ? { ...stood, problems: written.problems } : written
  }
  return {
    inForce: async (place) => withMode(await read(place, true), mode),
    proposed: async (place) => withMode(await read(place, false), mode),
  }
}

function withMode(read: ConfigRead, mode: ConfigurationOptions['mode']): ConfigRead {
  if (mode === null || read.kind === 'absent') return read
  return read.kind === 'valid' ? { ...read, config: { ...read.config, mode } } : { ...read, enforced: false }
}

/** The organisation's own repository: its file holds defaults for the others and makes nothing active there. */
export function isOrganisation({ name }: Pick<Repository, 'name'>): boolean {
  return name.toLowerCase() === '.github'
}

type Standing = Pick<ConfigPlace, 'octokit' | 'repository' | 'branch' | 'target'>

async function defaultsIn(
  { octokit, repository, organisation }: ConfigPlace,
  { good, parsed }: { readonly good: GoodFiles; readonly parsed: ParsedFiles },
): Promise<Defaults | Extract<ConfigRead, { kind: 'broken' }> | null> {
  const ref = organisation === null ? null : childOrNull(organisation, 'defaultBranchRef')
  if (organisation === null || ref === null) return null
  const target = childOrNull(ref, 'target')
  const { owner, installationId } = repository
  const file = parseConfigurationFile(target, 'default branch of the organisation')
  if (file.kind === 'absent' || file.kind === 'unknown') return null
  const its = { installationId, owner, name: '.github', id: integer(organisation, 'databaseId') }
  const standing: Standing = { octokit, repository: its, branch: text(ref, 'name'), target }
  const written = file.kind === 'broken' ? file : parsed.defaults(file.file, owner)
  if (written.kind === 'valid' && file.kind === 'file') {
    await good.keep(standing, file.file)
    return written.defaults
  }
  const last = await good.find(standing, (one) => parsed.defaults(one, owner).kind === 'valid')
  const stood = last === null ? null : parsed.defaults(last, owner)
  if (stood?.kind === 'valid') return stood.defaults
  return written.kind === 'broken' ? { ...written, path: `${owner}/.github: ${written.path}` } : null
}

type GoodFiles = {
  keep(standing: Standing, file: ConfigFile): Promise<void>
  find(standing: Standing, parses: (file: ConfigFile) => boolean): Promise<ConfigFile | null>
}

/** Most branches whose last good file is remembered in this process. */
const most = 1000

/** What Waybill itself saw in force on the branch comes before what the branch's history says. */
function createGoodFiles(kept: ConfigurationOptions['kept']): GoodFiles {
  const seen = new Map<string, string>()
  const histories = new Map<string, ConfigFile | null>()
  const keyOf = ({ repository, branch }: Standing) => `${repository.id}:${branch}`
  return {
    keep: async (standing, file) => {
      const key = keyOf(standing)
      if (seen.get(key) === `${file.path}:${file.sha}`) return
      await kept.keepGoodFile(standing.repository, standing.branch, file)
      if (seen.size >= most) seen.clear()
      seen.set(key, `${file.path}:${file.sha}`)
    },
    find: async (standing, parses) => {
      const known = await kept.goodFile(standing.repository, standing.branch)
      if (known !== null && parses(known)) return known
      const key = `${keyOf(standing)}:${String(standing.target?.['oid'])}`
      const told = histories.get(key)
      if (told !== undefined && (told === null || parses(told))) return told
      const found = await readGoodFile(standing.octokit, standing, parses)
      if (histories.size >= most) histories.clear()
      histories.set(key, found)
      return found
    },
  }
}

import type { AuditEntry } from '../model/audit-entry.ts'
import type { ConfigBefore } from '../model/config-before.ts'
import { configChanges } from '../model/config-changes.ts'
import type { Effect } from '../model/effect.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { LineSnapshot } from '../model/line.ts'
import { sameValue } from '../model/same-value.ts'

/**
 * What a changed configuration sets off: it is written down (what it loosens, key by key), and whatever is judged by it
 * is looked at again. Deleting the file ends Waybill here; an organisation's defaults concern all its repositories.
 */
export function planConfiguration(line: LineSnapshot): readonly Effect[] {
  const { ref, config, configBefore: before, defaultsFile } = line
  if (defaultsFile !== null) {
    if ((before?.mark ?? '') === defaultsFile) return []
    const config: ConfigBefore = { kind: 'organisation', mark: defaultsFile }
    return [{ kind: 'keep-config', ref, config, among: 'organisation' }]
  }
  if (config.kind === 'valid') {
    const mark = config.problems.length === 0 ? '' : fingerprint(JSON.stringify(config.problems))
    const after: ConfigBefore = { kind: 'line', config: config.config, mark }
    const same = before?.kind === 'line' && sameValue(before.config, after.config)
    if (same && before.mark === mark) return []
    const said = same ? [] : [audit(line, reasonFor(line, after))]
    return [...said, keep(line, after)]
  }
  if (config.kind !== 'absent' || before === null) return []
  const reason = `the configuration was deleted from ${ref.branch}: Waybill stops here`
  return [audit(line, reason), keep(line, null)]
}

function reasonFor(
  { configBefore: before, defaultBranch }: LineSnapshot,
  after: Extract<ConfigBefore, { kind: 'line' }>,
): string {
  if (before?.kind !== 'line') return 'a configuration is in force'
  const changes = configChanges(before.config, after.config, defaultBranch)
  const looser = changes.filter(({ effect }) => effect === 'loosens')
  const said = (looser.length > 0 ? looser : changes).map(({ key, from, to }) => {
    return `${key} from ${from ?? 'nothing'} to ${to ?? 'nothing'}`
  })
  return `the configuration ${looser.length > 0 ? 'loosens' : 'changes'} ${said.join('; ')}`
}

function audit(line: LineSnapshot, reason: string): Effect {
  const { ref, headSha, repositoryUrl, commits, config } = line
  const pull = commits[0]?.pull?.url
  const entry: AuditEntry = {
    key: `configure:${ref.branch}:${fingerprint(reason)}:${headSha}`,
    action: 'configure',
    actor: null,
    subject: `${ref.branch}@${headSha}`,
    version: null,
    sha: headSha,
    environment: null,
    reason,
    evidence: [
      `${repositoryUrl}/commit/${headSha}`,
      ...(pull === undefined ? [] : [pull]),
      ...(config.kind === 'valid' ? [`configuration ${config.sha}`] : []),
    ],
  }
  return { kind: 'audit', entry }
}

function keep({ ref }: LineSnapshot, config: ConfigBefore | null): Effect {
  return { kind: 'keep-config', ref, config, among: 'repository' }
}

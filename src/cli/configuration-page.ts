/** A part of a JSON Schema, as far as the page shows it. */
export type Shown = { readonly [key: string]: unknown }

/** The reference of the configuration in Markdown, from its JSON Schema: one table a section, one row a key. */
export function configurationPage(schema: Shown): string {
  const keys = propertiesOf(schema).filter(([, one]) => !isSection(one))
  const sections = propertiesOf(schema).filter(([, one]) => isSection(one))
  return [
    '<!-- Written by `npm run schema` from src/model/config-schema.ts; changes here are lost. -->',
    '# Configuration',
    '',
    introduction,
    '',
    '## The whole file',
    '',
    ...tableOf(schema, keys),
    ...sections.flatMap(([name, section]) => sectionOf(name, section)),
    '## Values',
    '',
    values,
    '',
  ].join('\n')
}

const introduction = `Waybill reads \`.github/waybill.yml\` (or \`.yaml\`, not both) from the **base** branch of a pull request, never from its head.
Only \`version: 1\` and \`issues.projects\` are required. Unknown keys are errors with a "did you mean". Editors that know the schema
store complete and check the file by themselves; others take this first line:

\`\`\`yaml
# yaml-language-server: $schema=https://json.schemastore.org/waybill.json
\`\`\`

**Organisation defaults.** The same file in the organisation's \`.github\` repository holds defaults for all its repositories. It makes
Waybill active in none of them. A repository's own file wins key by key; lists and \`environments\` are replaced as a whole. Keys and sections
under \`locked:\` may only be made stricter: what a repository loosens is refused, and the organisation's value stays in force. Lock \`mode\` and
\`merge\` as a whole: in report mode, or with other branches in \`merge.into\`, nothing is held, whatever else is locked. Waybill must be installed on
that repository too.

**A broken file** holds nobody up: the last one that could be read stays in force, and the checks say so. Where there never was one, only a
pull request that repairs the file can pass, judged by the defaults and the projects it names. **A deleted file** is how Waybill is
uninstalled: open pull requests are answered neutral, the audit log says so, and nothing is done any more.

**A pull request that touches the file** is judged by the base branch's, and answered in the check \`waybill/config\`: what is wrong line by
line, what the change loosens, which open pull requests would be judged differently, and for a new file what happens first.

**\`WAYBILL_MODE=report\`** in Waybill's environment sets \`mode: report\` for every repository at once. \`npm run explain -- owner/repo\`
shows the configuration in force and where each value comes from.`

const values = `- **People**: \`write-access\`, \`nobody\`, or a list of users (\`octocat\`) and teams (\`"@org/team"\`). An empty list is an error.
  A login means the account that had it when Waybill first read it in the file: that account goes on counting when it is renamed, and
  whoever takes the login afterwards does not. To mean somebody else by it, take it out, merge, and put it back. \`reporters\` may
  name Apps too, as \`"deployer[bot]"\`.
- **Checks**: names, globs (\`"test *"\`), or \`{name: build, app: github-actions}\` where only that App's check counts.
- **Durations**: a number with a unit: \`30s\`, \`60m\`, \`4h\`, \`7d\`.
- **Globs**: \`?\` is one character, \`*\` any number of them, in names of branches none of them \`/\`; \`**\` anything.
- **Patterns** are RE2 expressions of at most 512 characters, matched as a whole in linear time.
- The file may hold 64 KiB, 2,000 lines and items, 20 patterns and 100 globs or checks in a list; aliases, tags and \`__proto__\` are refused.`

function sectionOf(name: string, schema: Shown): readonly string[] {
  const inner = itemsOf(schema)
  const title = schema['type'] === 'array' ? `\`${name}\` (a list)` : `\`${name}\``
  const rows = propertiesOf(inner).flatMap(([key, one]) => flattened(key, one))
  return [`## ${title}`, '', textOf(schema, 'description'), '', ...tableOf(inner, rows)]
}

/** A section within a section is shown by the paths of its keys. */
function flattened(path: string, schema: Shown): readonly (readonly [string, Shown])[] {
  if (!isSection(schema)) return [[path, schema]]
  const between = schema['type'] === 'array' ? '[].' : '.'
  return propertiesOf(itemsOf(schema)).flatMap(([key, one]) => flattened(`${path}${between}${key}`, one))
}

function tableOf(schema: Shown, keys: readonly (readonly [string, Shown])[]): readonly string[] {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  const rows = keys.map(([key, one]) => {
    const standard = required.has(key) ? '_required_' : 'default' in one ? code(JSON.stringify(one['default'])) : ''
    return `| \`${key}\` | ${typeOf(one)} | ${standard} | ${describe(one)} |`
  })
  return ['| key | value | default | what it does |', '| --- | --- | --- | --- |', ...rows, '']
}

function describe(schema: Shown): string {
  const examples = Array.isArray(schema['examples']) ? schema['examples'] : []
  const shown = examples.map((one: unknown) => code(JSON.stringify(one))).join(', ')
  const text = textOf(schema, 'description').replaceAll('|', '\\|')
  return shown === '' ? text : `${text} Such as ${shown}.`
}

function typeOf(schema: Shown): string {
  if ('const' in schema) return code(JSON.stringify(schema['const']))
  if (Array.isArray(schema['enum'])) return schema['enum'].map((one: unknown) => code(String(one))).join(' or ')
  const options = alternativesOf(schema)
  if (options.length > 0) return [...new Set(options.map(typeOf))].join(' or ')
  switch (schema['type']) {
    case 'array':
      return `list of ${isShown(schema['items']) ? typeOf(schema['items']) : 'values'}`
    case 'object':
      return isShown(schema['additionalProperties']) ? `map to ${typeOf(schema['additionalProperties'])}` : 'map'
    case 'integer':
      return `${String(schema['minimum'])} to ${String(schema['maximum'])}`
    case 'boolean':
      return '`true` or `false`'
    case 'null':
      return '`null`'
    default:
      return 'text'
  }
}

function isSection(schema: Shown): boolean {
  return propertiesOf(itemsOf(schema)).length > 0
}

function itemsOf(schema: Shown): Shown {
  return schema['type'] === 'array' && isShown(schema['items']) ? schema['items'] : schema
}

function propertiesOf(schema: Shown): readonly (readonly [string, Shown])[] {
  return isShown(schema['properties'])
    ? Object.entries(schema['properties']).flatMap(([key, one]) => (isShown(one) ? [[key, one] as const] : []))
    : []
}

function alternativesOf(schema: Shown): readonly Shown[] {
  return Array.isArray(schema['anyOf']) && !('properties' in schema) ? schema['anyOf'].filter(isShown) : []
}

function textOf(schema: Shown, key: string): string {
  const text = schema[key]
  return typeof text === 'string' ? text : ''
}

function isShown(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

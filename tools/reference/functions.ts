import { hotVersions } from '../../src/template/versions/hot.ts'

/** The functions of the template language, and which version has which. */
export function functionsPage(): string {
  const functions = new Map(
    hotVersions.flatMap(({ functions, conditionFunctions }) => [...functions, ...conditionFunctions]),
  )
  return [
    '# Template functions',
    versionList(),
    ...[...functions.values()].map(({ name, summary, example }) =>
      [`## ${name}`, summary, `Since ${sinceOf(name)}.`, `\`\`\`yaml\n${example}\n\`\`\``].join('\n\n'),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

function versionList(): string {
  const lines = hotVersions.map(({ name, aliases }, i) => {
    const names = [name, ...aliases].map((one) => `\`${one}\``).join(', ')
    const [before, now] = [functionsIn(i - 1), functionsIn(i)]
    const changes = [
      ...saying(
        'adds',
        [...now.keys()].filter((one) => !before.has(one)),
      ),
      ...saying(
        'gives a new meaning to',
        [...now.keys()].filter((one) => before.has(one) && before.get(one) !== now.get(one)),
      ),
      ...saying(
        'drops',
        [...before.keys()].filter((one) => !now.has(one)),
      ),
    ]
    return `- ${names}${changes.length > 0 ? `: ${changes.join('; ')}` : ''}`
  })
  return `A template names its version, \`heat_template_version\`:\n\n${lines.join('\n')}`
}

const saying = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${what} ${names.map((name) => `\`${name}\``).join(', ')}`]

/** The functions of the version at a place in the list, for conditions and for values. */
function functionsIn(index: number): ReadonlyMap<string, unknown> {
  const one = hotVersions[index]
  return new Map(one === undefined ? [] : [...one.conditionFunctions, ...one.functions])
}

function sinceOf(name: string): string {
  const all = hotVersions.find(({ functions }) => functions.has(name))
  const conditions = hotVersions.find(({ conditionFunctions }) => conditionFunctions.has(name))
  if (conditions === undefined) return all?.name ?? ''
  return all === undefined
    ? `${conditions.name}, in conditions`
    : `${all.name}; in conditions since ${conditions.name}`
}

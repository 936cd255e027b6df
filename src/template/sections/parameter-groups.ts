import type { Json } from '../../base/json.ts'
import { pathText } from '../problem.ts'
import type { ParameterDeclaration, ParameterGroup } from '../template.ts'
import { wordOf } from '../text.ts'
import { invalid, isJsonMap, own, type SectionReader } from './section.ts'

/** Reads how a template groups its parameters; each may be in one group and must be declared. */
export function readParameterGroups(
  raw: Json | undefined,
  parameters: ReadonlyMap<string, ParameterDeclaration>,
  { words, problems }: SectionReader,
): readonly ParameterGroup[] {
  const section = words.parameterGroups ?? ''
  if (raw === undefined || raw === null) return []
  const complain = (path: readonly (string | number)[], label: readonly string[], message: string): void => {
    const place = label[0] === '' ? `${section}.` : pathText([section, ...label])
    problems.push(invalid('InvalidParameterGroup', `Parameter Groups error: ${place}: ${message}`, [section, ...path]))
  }
  if (!Array.isArray(raw)) {
    complain([], [], `The ${section} should be a list.`)
    return []
  }
  const grouped = new Set<string>()
  return raw.map((group: Json, i): ParameterGroup => {
    const label = isJsonMap(group) ? wordOf(own(group, 'label') ?? '') : ''
    const description = isJsonMap(group) ? own(group, 'description') : undefined
    const names = isJsonMap(group) ? own(group, 'parameters') : undefined
    if (names === undefined || names === null) complain([i], [label], 'The parameters must be provided for each parameter group.')
    else if (!Array.isArray(names)) complain([i, 'parameters'], [label], 'The parameters of parameter group should be a list.')
    const listed = Array.isArray(names) ? names.map(wordOf) : []
    for (const [at, name] of listed.entries()) {
      const path = [i, 'parameters', at]
      if (grouped.has(name)) complain(path, [label], `The ${name} parameter must be assigned to one parameter group only.`)
      grouped.add(name)
      if (!parameters.has(name)) complain(path, [label], `The grouped parameter ${name} does not reference a valid parameter.`)
    }
    return {
      ...(label !== '' && { label }),
      ...(typeof description === 'string' && { description }),
      parameters: listed,
    }
  })
}

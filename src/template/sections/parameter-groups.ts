import { type Json, own } from '../../base/json.ts'
import { wordOf } from '../../base/text.ts'
import { pathText } from '../problem.ts'
import type { ParameterDeclaration, ParameterGroup } from '../template.ts'
import { invalid, isJsonMap, type SectionReader } from './section.ts'

/** Reads how a template groups its parameters; each may be in one group and must be declared. */
export function readParameterGroups(
  raw: Json | undefined,
  parameters: ReadonlyMap<string, ParameterDeclaration>,
  reader: SectionReader,
): readonly ParameterGroup[] {
  const section = reader.words.parameterGroups ?? ''
  if (raw === undefined || raw === null) return []
  if (!Array.isArray(raw)) {
    const message = `Parameter Groups error: ${section}: The ${section} should be a list.`
    reader.problems.push(invalid('InvalidParameterGroup', message, [section]))
    return []
  }
  const reading = { reader, section, parameters, grouped: new Set<string>() }
  return raw.map((group: Json, i) => readGroup(group, i, reading))
}

interface Reading {
  readonly reader: SectionReader
  readonly section: string
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>
  /** The parameters that earlier groups have. */
  readonly grouped: Set<string>
}

function readGroup(raw: Json, index: number, reading: Reading): ParameterGroup {
  const group = isJsonMap(raw) ? raw : {}
  const label = wordOf(own(group, 'label') ?? '')
  const description = own(group, 'description')
  const names = own(group, 'parameters') ?? null
  const complain = (path: readonly (string | number)[], message: string): void => {
    const place = label === '' ? `${reading.section}.` : pathText([reading.section, label])
    const whole = `Parameter Groups error: ${place}: ${message}`
    reading.reader.problems.push(invalid('InvalidParameterGroup', whole, [reading.section, index, ...path]))
  }
  if (names === null) complain([], 'The parameters must be provided for each parameter group.')
  else if (!Array.isArray(names))
    complain(['parameters'], 'The parameters of parameter group should be a list.')
  const listed = Array.isArray(names) ? names.map(wordOf) : []
  for (const [at, name] of listed.entries()) {
    const wrong = wrongMember(name, reading)
    if (wrong !== undefined) complain(['parameters', at], wrong)
    reading.grouped.add(name)
  }
  return {
    ...(label !== '' && { label }),
    ...(typeof description === 'string' && { description }),
    parameters: listed,
  }
}

function wrongMember(name: string, { grouped, parameters }: Reading): string | undefined {
  if (grouped.has(name)) return `The ${name} parameter must be assigned to one parameter group only.`
  return parameters.has(name)
    ? undefined
    : `The grouped parameter ${name} does not reference a valid parameter.`
}

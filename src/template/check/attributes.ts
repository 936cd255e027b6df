import { nearest, oneOfThese } from '../../schema/index.ts'
import { type Calls, callText, suggestion, type TemplateProblem } from '../problem.ts'
import type { AttributeRead } from '../stack/trial.ts'
import type { Kind, KnownKind } from './kind.ts'

/** The kinds of a stack's resources by name. */
export type Kinds = ReadonlyMap<string, Kind>

/**
 * The reads of attributes that are not there. What nested stacks give may not be looked at (`ownOnly`): many a template
 * in use has an output that reads what its nested stack does not give, and only that output then has an error.
 */
export function attributeProblems(
  reads: readonly AttributeRead[],
  kinds: Kinds,
  { ownOnly, calls }: { readonly ownOnly: boolean; readonly calls: Calls },
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  for (const { resource, attribute, path } of reads) {
    const kind = kinds.get(resource)
    if (kind === undefined || kind.is === 'unknown' || (ownOnly && kind.is === 'template')) continue
    const [first] = attribute
    if (first === undefined || answersFor(kind, String(first))) continue
    const message = `${callText(path, calls)}: The Referenced Attribute (${resource} ${first}) is incorrect.`
    const known = Object.keys(kind.facts.attributes)
    const meant = nearest(String(first), known)
    problems.push({
      code: 'UnknownAttribute',
      message,
      path,
      part: [1],
      expected: oneOfThese(known),
      ...suggestion(meant),
    })
  }
  return problems
}

function answersFor({ is, facts }: KnownKind, attribute: string): boolean {
  if (facts.anyAttributes || attribute === 'show') return true
  if (is === 'template' && attribute.startsWith('resource.')) return true
  return Object.hasOwn(facts.attributes, attribute)
}

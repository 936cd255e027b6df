import { isMap } from '../../base/json.ts'
import { placed, type TemplateProblem } from '../problem.ts'
import { select } from '../select.ts'
import type { Template } from '../template.ts'

/** A problem inside the template of a resource, told from outside. */
export function toldFromOutside(problem: TemplateProblem, place: string): TemplateProblem {
  const { message } = problem
  const opening = 'Property error: '
  if (message.startsWith(opening))
    return { ...problem, message: `${opening}${place}.${message.slice(opening.length)}` }
  const isPlaced = /^(resources|outputs|conditions)\.\S/i.test(message)
  return { ...problem, message: `${place}${isPlaced ? '.' : ': '}${message}` }
}

/** The properties that say what the resources inside are like. */
const definitions = ['resource_def', 'resource']

/**
 * The problems inside a template that a resource makes of its properties, at the place in its own definition that they come
 * from, as far as that can be told.
 */
export function placedOutside(
  problems: readonly TemplateProblem[],
  name: string,
  template: Template,
): readonly TemplateProblem[] {
  const { words } = template.version
  const path = [words.resources, name, words.resource.properties]
  const properties = select(template.source, path)
  const key = definitions.find((one) => isMap(properties) && Object.hasOwn(properties, one))
  return problems.flatMap((problem) => {
    if (problem.file !== undefined) return [problem]
    const below = problem.path[0] === 'resources' ? problem.path.slice(2) : []
    return placed([{ ...problem, path: key === undefined ? path : [...path, key, ...below] }], template)
  })
}

import type { TemplateProblem } from '../problem.ts'

/** A problem inside the template of a resource, told from outside. */
export function toldFromOutside(problem: TemplateProblem, place: string): TemplateProblem {
  const { message } = problem
  const opening = 'Property error: '
  if (message.startsWith(opening))
    return { ...problem, message: `${opening}${place}.${message.slice(opening.length)}` }
  const isPlaced = /^(resources|outputs|conditions)\.\S/i.test(message)
  return { ...problem, message: `${place}${isPlaced ? '.' : ': '}${message}` }
}

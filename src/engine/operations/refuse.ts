import { Problem } from '../../base/problem.ts'
import { errorType, type Parsed, type TemplateProblem } from '../../template/index.ts'

/** Refuses a template, an environment or parameters, with everything that is wrong with them. */
export function refuseIf(problems: readonly TemplateProblem[]): void {
  const [first] = problems
  if (first === undefined) return
  throw new Problem(errorType(first.code), problems.map(({ message }) => message).join('\n'), {
    status: 400,
    details: { problems },
  })
}

/** The value of what was read, or a refusal. */
export function accepted<T>({ value, problems }: Parsed<T>): T {
  refuseIf(problems)
  if (value === undefined) throw new Error('something was read with neither a value nor a problem')
  return value
}

import { Problem } from '../../base/problem.ts'
import { errorType, type Parsed, type TemplateProblem } from '../../template/index.ts'

/** Refuses a template, an environment or parameters, with everything that is wrong with them. */
export function refuseIf(problems: readonly TemplateProblem[]): void {
  const [first] = problems
  if (first === undefined) return
  throw new Problem(typeOf(first), problems.map(({ message }) => message).join('\n'), {
    status: 400,
    details: { problems },
  })
}

/** Of the properties of resources Heat says in one way that they are wrong, whatever it is. */
const typeOf = ({ code, message }: TemplateProblem): string =>
  message.startsWith('Property error: ') ? 'StackValidationFailed' : errorType(code)

/** As `refuseIf`, where there is nothing to go on with. */
export function refused(problems: readonly TemplateProblem[]): never {
  refuseIf(problems)
  throw new Error('something was read with neither a value nor a problem')
}

/** The value of what was read, or a refusal. */
export function accepted<T>({ value, problems }: Parsed<T>): T {
  refuseIf(problems)
  return value ?? refused(problems)
}

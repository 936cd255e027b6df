import type { TemplateProblem } from '../problem.ts'
import type { ProblemCode } from '../problem-codes.ts'

/** What is found as well where a section has the wrong name, by the name that was meant. */
const consequences: Readonly<Record<string, readonly ProblemCode[]>> = {
  resources: ['InvalidReference', 'InvalidOutputReference'],
  parameters: ['ParameterMissing', 'UndecidedParameter', 'UnknownParameter'],
  conditions: ['InvalidCondition'],
}

/** The problems without those that come only of a section's wrong name: what it defines is taken not to be there. */
export function withoutConsequences(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  const misnamed = problems.filter(({ code, meant }) => code === 'InvalidSection' && meant !== undefined)
  if (misnamed.length === 0) return problems
  const isConsequence = ({ code, file }: TemplateProblem) =>
    misnamed.some(
      (section) => section.file === file && consequences[String(section.meant).toLowerCase()]?.includes(code),
    )
  return problems.filter((problem) => !isConsequence(problem))
}

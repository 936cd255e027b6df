import { type JsonMap, within } from '../../base/json.ts'
import { failure } from '../../base/problem.ts'
import { nested } from '../../plugin/index.ts'
import { integer, map, string } from '../../schema/index.ts'
import { parseTemplate } from '../../template/index.ts'

/** A stack inside a stack, whose template is at an address. */
export const Stack = nested('AWS::CloudFormation::Stack', {
  summary: 'A stack inside this one, of a template that is fetched whenever the stack is made or updated.',
  properties: {
    TemplateURL: string('Where the template is, by http or https.', { required: true, updatable: true }),
    TimeoutInMinutes: integer('How many minutes the inner stack may take.', { updatable: true }),
    Parameters: map('The parameters of the inner stack.', { updatable: true }),
  },
  attributes: {},
  fetches: ({ TemplateURL }) => TemplateURL,
  next: ({ props: { Parameters, TimeoutInMinutes }, fetched = '' }) => ({
    template: templateIn(fetched),
    parameters: Parameters ?? {},
    ...(TimeoutInMinutes !== undefined && { timeoutMins: TimeoutInMinutes }),
  }),
  async attribute({ path: [name, ...path], child }) {
    const output = /^Outputs\.(.+)$/s.exec(String(name))?.[1]
    if (output === undefined || !child.outputNames().includes(output)) return undefined
    return within(child.output(output), path)
  },
  reference: (child) => child.arn,
})

function templateIn(text: string): JsonMap {
  const { value, problems } = parseTemplate(text, { maxSize: Number.POSITIVE_INFINITY })
  if (value !== undefined) return value.source
  throw failure('StackValidationFailed', problems.map(({ message }) => message).join('; '))
}

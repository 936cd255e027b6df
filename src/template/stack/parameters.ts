import { stackArn } from '../../base/arn.ts'
import { type Json, own } from '../../base/json.ts'
import { mask } from '../../base/text.ts'
import { type Effort, fullEffort, hasUnknown, nearestKey } from '../../schema/index.ts'
import type { ParameterValue, PseudoParameters, StackInput } from '../definition.ts'
import { suggestion, type TemplateProblem } from '../problem.ts'
import type { ParameterConstraint, ParameterDeclaration } from '../template.ts'
import { broken, expectedOf, textOf, typed } from '../values.ts'

/** The values of a stack's parameters, pseudo parameters first. */
export function parameterValues(
  input: StackInput,
  problems: TemplateProblem[],
): ReadonlyMap<string, ParameterValue> {
  const { template, environment, lenient } = input
  const values = new Map(pseudoParameters(input).map((value) => [value.declaration.name, value]))
  const section = template.version.words.parameters
  const effort = fullEffort()
  for (const name of Object.keys(environment.parameters)) {
    if (!template.parameters.has(name)) problems.push(undeclared(name, template.parameters))
  }
  for (const declaration of template.parameters.values()) {
    const raw = rawValue(declaration, input)
    if (raw !== undefined)
      values.set(
        declaration.name,
        readValue(declaration, raw, { effort, problems: lenient && !raw.given ? [] : problems }),
      )
    else if (!lenient) {
      const { name } = declaration
      problems.push({
        code: 'ParameterMissing',
        message: `The Parameter (${name}) was not provided.`,
        path: [section, name],
        offends: 'key',
      })
    }
  }
  return values
}

function undeclared(name: string, known: ReadonlyMap<string, unknown>): TemplateProblem {
  const message = `The Parameter (${name}) was not defined in template.`
  return {
    code: 'UnknownParameter',
    message,
    path: ['parameters', name],
    ...suggestion(nearestKey(name, known)),
  }
}

interface RawValue {
  readonly value: Json
  readonly given: boolean
}

/** What the user gave counts before the environment's defaults, and those before the template's own. Null is nothing. */
function rawValue(
  { name, default: ownDefault }: ParameterDeclaration,
  { environment }: StackInput,
): RawValue | undefined {
  const given = own(environment.parameters, name)
  if (given !== null && given !== undefined) return { value: given, given: true }
  const usual = own(environment.parameterDefaults, name)
  const value = usual ?? ownDefault
  return value === null || value === undefined ? undefined : { value, given: false }
}

function readValue(
  declaration: ParameterDeclaration,
  { value: raw, given }: RawValue,
  { effort, problems }: { readonly effort: Effort; readonly problems: TemplateProblem[] },
): ParameterValue {
  const { name, type, constraints, hidden } = declaration
  if (hasUnknown(raw)) return { value: raw, text: '', declaration, given }
  const read = typed(declaration, raw)
  const value = 'value' in read ? read.value : raw
  // A default of the template's own was checked with the template.
  const isChecked = raw === declaration.default && !constraints.some(({ is }) => is === 'custom_constraint')
  const wrong =
    'wrong' in read ? read.wrong : isChecked ? undefined : broken(declaration, { raw, value }, effort)
  if (wrong !== undefined) {
    problems.push({
      code: 'InvalidParameterValue',
      message: `Parameter '${name}' is invalid: ${wrong}`,
      path: ['parameters', name],
      expected: expectedOf(type, constraints),
    })
  }
  return {
    value,
    get text() {
      return hidden ? mask : textOf(type, value)
    },
    declaration,
    given,
  }
}

function pseudoParameters({ pseudo, template: { version } }: StackInput): readonly ParameterValue[] {
  if (version.type === 'cfn') return pseudoParametersOfCfn(pseudo)
  return [
    pseudoParameter('OS::stack_id', 'Stack ID', pseudo.stackId),
    pseudoParameter('OS::project_id', 'Project ID', pseudo.projectId),
    pseudoParameter('OS::stack_name', 'Stack Name', pseudo.stackName),
  ]
}

function pseudoParametersOfCfn(pseudo: PseudoParameters): readonly ParameterValue[] {
  const arn = pseudoParameter('AWS::StackId', 'Stack ID', arnOf(pseudo))
  if (pseudo.stackName === '') return [arn]
  return [
    arn,
    pseudoParameter('AWS::StackName', 'Stack Name', pseudo.stackName),
    pseudoParameter('AWS::Region', '', 'ap-southeast-1', [{ is: 'allowed_values', values: regions }]),
  ]
}

/** The regions that Amazon had when templates of its kind came to OpenStack; nothing is done with them. */
const regions = [
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'sa-east-1',
  'eu-west-1',
  'ap-southeast-1',
  'ap-northeast-1',
]

/** While a nested template is checked, its stack has no ID yet. */
function arnOf({ projectId, stackName, stackId }: PseudoParameters): string {
  return hasUnknown(stackId) ? stackId : stackArn({ projectId, name: stackName, id: stackId })
}

function pseudoParameter(
  name: string,
  description: string,
  value: string,
  constraints: readonly ParameterConstraint[] = [],
): ParameterValue {
  const declaration = {
    name,
    type: 'string',
    description,
    constraints,
    hidden: false,
    immutable: false,
    tags: [],
  } as const
  return { value, text: value, declaration, given: false }
}

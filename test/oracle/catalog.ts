import type { Scalar } from '../../src/base/json.ts'
import { any, type Bounds, type Field, type FieldOptions, type Shape } from '../../src/schema/index.ts'
import type { TypeCatalog, TypeFacts } from '../../src/template/index.ts'
import { type PropertyFact, type TypeFact, typeFacts } from '../conformance/facts.ts'

/**
 * All resource types that the original has, as far as templates can tell them apart. Hearth's own types are some of
 * these; with all of them the language is compared whatever types a template uses.
 */
export const originalTypes: TypeCatalog = {
  names: () => names,
  find(type) {
    const fact = Object.hasOwn(typeFacts, type) ? typeFacts[type] : undefined
    if (fact === undefined) return undefined
    const known = made.get(type) ?? factsFor(type, fact)
    made.set(type, known)
    return known
  },
}

const names = Object.keys(typeFacts).sort()
const made = new Map<string, TypeFacts>()

function factsFor(type: string, { properties, attributes }: TypeFact): TypeFacts {
  const updatePolicy = updatePolicies[type]
  return {
    properties: shapeOf(properties),
    attributes: Object.fromEntries(Object.keys(attributes).map((name) => [name, any()])),
    ...(withSnapshots.includes(type) && { snapshots: true }),
    ...(placeholders.includes(type) && { anyProperties: true }),
    ...([...placeholders, ...ofAnyAttribute].includes(type) && { anyAttributes: true }),
    ...(updatePolicy && { updatePolicy: shapeOf(updatePolicy) }),
  }
}

const withSnapshots = [
  'OS::Cinder::Volume',
  'AWS::EC2::Volume',
  'OS::Nova::Server',
  'OS::Heat::DeployedServer',
]

/** Types that do nothing any more, whatever they are given. */
const placeholders = [
  'OS::Heat::None',
  ...Object.entries(typeFacts)
    .filter(([, { status, properties }]) => status === 'HIDDEN' && Object.keys(properties).length === 0)
    .map(([type]) => type),
]

/** Types that say of an attribute only when it is read whether they have it. */
const ofAnyAttribute = [
  'AWS::CloudFormation::Stack',
  'AWS::CloudWatch::Alarm',
  'AWS::RDS::DBInstance',
  'OS::Heat::AutoScalingGroup',
  'OS::Heat::ResourceChain',
  'OS::Heat::ResourceGroup',
  'OS::Heat::SoftwareDeployment',
  'OS::Heat::SoftwareDeploymentGroup',
  'OS::Heat::SoftwareDeployments',
  'OS::Heat::StructuredDeployment',
  'OS::Heat::StructuredDeploymentGroup',
  'OS::Heat::StructuredDeployments',
  'OS::Senlin::Cluster',
]

const shapeOf = (facts: Readonly<Record<string, PropertyFact>>): Shape =>
  Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fieldOf(fact)]))

function fieldOf(fact: PropertyFact): Field {
  const options: FieldOptions = Object.assign(
    {},
    fact.required && { required: true },
    'default' in fact && { default: fact.default },
    fact.implemented === false && { implemented: false },
    ...(fact.constraints ?? []).map(ruleFor),
  )
  return {
    kind: fact.type.toLowerCase() as Field['kind'],
    description: '',
    options,
    ...(fact.schema && { fields: shapeOf(fact.schema) }),
    ...(fact.items && { item: fieldOf(fact.items) }),
  }
}

/** Constraints that ask a cloud are left out: no cloud was asked. */
function ruleFor(constraint: Readonly<Record<string, unknown>>): FieldOptions {
  const { range, length, modulo, allowed_values: oneOf, allowed_pattern: pattern } = constraint
  return {
    ...(range !== undefined && { range: range as Bounds }),
    ...(length !== undefined && { length: length as Bounds }),
    ...(modulo !== undefined && { modulo: modulo as { step: number; offset: number } }),
    ...(oneOf !== undefined && { oneOf: oneOf as readonly Scalar[] }),
    ...(pattern !== undefined && { pattern: String(pattern) }),
  }
}

const rolling = (names: readonly string[]): PropertyFact => ({
  type: 'Map',
  schema: Object.fromEntries(names.map((name) => [name, { type: /pause/i.test(name) ? 'Any' : 'Integer' }])),
})

const inBatches = {
  rolling_update: rolling(['min_in_service', 'max_batch_size', 'pause_time']),
  batch_create: rolling(['max_batch_size', 'pause_time']),
}

const ofDeployments = {
  rolling_update: rolling(['max_batch_size', 'pause_time']),
  batch_create: inBatches.batch_create,
}

const ofInstances = ['MinInstancesInService', 'MaxBatchSize', 'PauseTime']

/** The update policies that types take. */
const updatePolicies: Readonly<Record<string, Readonly<Record<string, PropertyFact>>>> = {
  'OS::Heat::ResourceGroup': inBatches,
  'OS::Heat::SoftwareDeploymentGroup': ofDeployments,
  'OS::Heat::StructuredDeploymentGroup': ofDeployments,
  'OS::Heat::SoftwareDeployments': ofDeployments,
  'OS::Heat::StructuredDeployments': ofDeployments,
  'OS::Heat::InstanceGroup': { RollingUpdate: rolling(ofInstances) },
  'AWS::AutoScaling::AutoScalingGroup': { AutoScalingRollingUpdate: rolling(ofInstances) },
}

import type { JsonMap } from '../../src/base/json.ts'
import { registry } from '../../src/plugin/index.ts'
import { types as heatTypes } from '../../src/resources/heat/index.ts'
import {
  defineStack,
  emptyEnvironment,
  parseTemplate,
  type StackDefinition,
} from '../../src/template/index.ts'
import { yardTypes } from '../../src/testing/yard-types.ts'

type Resources = Readonly<Record<string, JsonMap>>

/** A template of these resources, and whatever else it says. */
export const hot = (resources: Resources, more: JsonMap = {}): JsonMap => ({
  heat_template_version: '2021-04-16',
  ...more,
  resources,
})

/** A thing of the yard. */
export const thing = (properties: JsonMap = {}, more: JsonMap = {}): JsonMap => ({
  type: 'Test::Thing',
  properties,
  ...more,
})

/** A thing that stands on others. */
export const thingOn = (others: readonly string[], properties: JsonMap = {}): JsonMap =>
  thing({ ...properties, base: others.map((name) => ({ get_resource: name })) })

/** Something without a cloud that does as it is told. */
export const tester = (properties: JsonMap = {}, more: JsonMap = {}): JsonMap => ({
  type: 'OS::Heat::TestResource',
  properties,
  ...more,
})

/** A group of so many alike. */
export const group = (count: number, definition: JsonMap, more: JsonMap = {}): JsonMap => ({
  type: 'OS::Heat::ResourceGroup',
  properties: { count, resource_def: definition, ...more },
})

export const types = registry([...heatTypes, ...yardTypes])

/** The definition of a stack of these resources, outside of any engine. */
export function defined(resources: Resources): StackDefinition {
  const { value: template } = parseTemplate(hot(resources))
  if (template === undefined) throw new Error('this is no template')
  const pseudo = { stackName: 'web', stackId: 'stack', projectId: 'project' }
  return defineStack({ template, environment: emptyEnvironment, files: {}, pseudo }).value
}

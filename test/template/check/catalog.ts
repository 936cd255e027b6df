import { any, anyList, integer, list, map, object, string } from '../../../src/schema/index.ts'
import type { TypeCatalog, TypeFacts } from '../../../src/template/index.ts'

const types: Readonly<Record<string, TypeFacts>> = {
  'OS::Nova::Server': {
    properties: {
      flavor: string('', { required: true }),
      count: integer('', { range: { min: 1 } }),
      networks: list(object({ network: string(), port: string() })),
      tags: list(string()),
      metadata: map(),
    },
    attributes: { first_address: string(), networks: map() },
    snapshots: true,
  },
  'OS::Neutron::Net': { properties: { name: string() }, attributes: { status: string() } },
  'OS::Heat::None': { properties: {}, attributes: {}, anyProperties: true, anyAttributes: true },
  'OS::Heat::Group': {
    properties: { parts: anyList() },
    attributes: { refs: any() },
    updatePolicy: { rolling: object({ size: integer() }) },
  },
}

/** A few types to check templates against. */
export const catalog: TypeCatalog = {
  find: (type) => (Object.hasOwn(types, type) ? types[type] : undefined),
  names: () => Object.keys(types),
}

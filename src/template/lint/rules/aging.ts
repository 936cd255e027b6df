import { isMap, own } from '../../../base/json.ts'
import type { Shape } from '../../../schema/index.ts'
import type { TemplatePath } from '../../problem.ts'
import { select } from '../../select.ts'
import { resourcePath } from '../../uses.ts'
import { laterFunction } from '../../versions/hints.ts'
import { allVersions } from '../../versions/index.ts'
import type { Version } from '../../versions/version.ts'
import { type Found, lintRule, type Subject } from '../rule.ts'

/** Types, properties and attributes that are on their way out. */
export const deprecated = lintRule('Deprecated', {
  severity: 'warning',
  summary: 'A resource type, property or attribute that is deprecated.',
  advice: 'It works for now. The reference page of the type says what to use in its place.',
  example: {
    template: 'resources:\n  port:\n    type: OS::Neutron::Port\n    properties: {network_id: web}\n',
  },
  fine: { template: 'resources:\n  port:\n    type: OS::Neutron::Port\n    properties: {network: web}\n' },
  find: (subject) => [...oldTypes(subject), ...oldProperties(subject), ...oldAttributes(subject)],
})

const isOld = (support: string | undefined): boolean => support === 'DEPRECATED' || support === 'HIDDEN'

function oldTypes({ template, factsOf }: Subject): readonly Found[] {
  return [...template.resources.values()]
    .filter((resource) => isOld(factsOf(resource)?.support))
    .map(({ name, type }) => ({
      message: `The resource type ${type} is deprecated`,
      path: [...resourcePath(template, name), template.version.words.resource.type],
      offends: 'value' as const,
    }))
}

function oldProperties({ template, factsOf }: Subject): readonly Found[] {
  const { words } = template.version
  return [...template.resources.values()].flatMap((resource) => {
    const path = [...resourcePath(template, resource.name), words.resource.properties]
    return oldFieldsIn(factsOf(resource)?.properties ?? {}, select(template.source, path)).map(
      ({ below, now }) => ({
        message: `The property ${below.join('.')} of ${resource.type} is deprecated`,
        path: [...path, ...below],
        ...(now !== undefined && { hint: `Use "${now}"` }),
      }),
    )
  })
}

interface OldField {
  readonly below: readonly (string | number)[]
  readonly now: string | undefined
}

function oldFieldsIn(shape: Shape, value: unknown): readonly OldField[] {
  if (!isMap(value)) return []
  return Object.keys(value).flatMap((key): readonly OldField[] => {
    const field = own(shape, key)
    if (field === undefined) return []
    if (isOld(field.options.support) || field.options.spells !== undefined)
      return [{ below: [key], now: field.options.spells }]
    const part = value[key]
    const inside = field.fields
      ? oldFieldsIn(field.fields, part)
      : Array.isArray(part)
        ? part.flatMap((item: unknown, i) =>
            oldFieldsIn(field.item?.fields ?? {}, item).map(({ below, now }) => ({
              below: [i, ...below],
              now,
            })),
          )
        : []
    return inside.map(({ below, now }) => ({ below: [key, ...below], now }))
  })
}

function oldAttributes({ template, uses, factsOf }: Subject): readonly Found[] {
  return uses.calls.flatMap(({ call }) => {
    if (call.does.names !== 'attribute' || call.args.is !== 'data' || !Array.isArray(call.args.value))
      return []
    const [name, attribute] = call.args.value
    const resource = template.resources.get(String(name))
    const attributes = (resource && factsOf(resource)?.attributes) ?? {}
    if (typeof attribute !== 'string' || !isOld(own(attributes, attribute)?.options.support)) return []
    return [
      {
        message: `The attribute ${attribute} of ${resource?.type} is deprecated`,
        path: [...call.path, 1],
        offends: 'value' as const,
      },
    ]
  })
}

/** Functions that later versions have no more. */
export const leavingFunction = lintRule('LeavingFunction', {
  severity: 'info',
  summary: 'A function that later versions of the language have no more.',
  advice: 'Write it with the functions that took its place, and the template can move to a newer version.',
  example: {
    version: 'heat_template_version: 2013-05-23',
    template: 'outputs:\n  pick: {value: {"Fn::Select": [0, [a, b]]}}\n',
  },
  fine: { template: 'outputs:\n  pick: {value: a}\n' },
  find: ({ template: { version }, uses }) =>
    uses.calls.flatMap(({ call }) => {
      const without = allVersions.find(
        ({ key, removed }) => key === version.key && removed.has(call.does.name),
      )
      return without === undefined
        ? []
        : [
            {
              message: `The function ${call.does.name} is gone from version ${without.name} on`,
              path: call.path,
            },
          ]
    }),
})

/** Maps that look like a call of a function which this version does not have. */
export const laterCall = lintRule('NotAFunction', {
  severity: 'warning',
  summary:
    'A map that looks like a call of a function which this version of the language does not have, or whose name is mistyped.',
  advice: 'It is taken as plain data. Name the version that has the function, or mend the name.',
  example: {
    version: 'heat_template_version: 2015-04-30',
    template: 'outputs:\n  all: {value: {map_merge: [{a: 1}, {b: 2}]}}\n',
  },
  fine: { template: 'outputs:\n  all: {value: {map_merge: [{a: 1}, {b: 2}]}}\n' },
  find({ template }) {
    const { resources, outputs, version } = template
    const { words } = version
    const paths = [
      ...[...resources.keys()].map((name) => [...resourcePath(template, name), words.resource.properties]),
      ...[...outputs.keys()].map((name) => [words.outputs, name, words.output.value]),
    ]
    return paths.flatMap((path) => callsOfNothing(select(template.source, path), path, version))
  },
})

function callsOfNothing(value: unknown, path: TemplatePath, version: Version): readonly Found[] {
  const parts: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : []
  const inside = parts.flatMap(([key, part]) => callsOfNothing(part, [...path, key], version))
  const { hint, version: since, meant } = laterFunction(value, version)
  if (hint === undefined || (since ?? meant) === undefined) return inside
  const [name = ''] = parts[0] ?? []
  const message = `${name} is no function in this version, but plain data`
  return [{ message, path: [...path, name], hint }, ...inside]
}

/** Templates of an older version. */
export const oldVersion = lintRule('OldVersion', {
  severity: 'info',
  summary: 'A template of an older version of the language.',
  advice:
    'It works as it is. Name the newest version to have what came since. This rule only runs if it is enabled.',
  optional: true,
  example: { version: 'heat_template_version: 2015-10-15', template: 'outputs: {}\n' },
  fine: { template: 'outputs: {}\n' },
  find({ template: { version } }) {
    const newest = allVersions.findLast(({ key }) => key === version.key)
    if (newest === undefined || newest === version) return []
    return [
      {
        message: `This is version ${version.name}; the newest is ${newest.name}`,
        path: [version.key],
        offends: 'value' as const,
        hint: `It brings ${broughtBy(newest, version)}`,
      },
    ]
  },
})

function broughtBy(newest: Version, version: Version): string {
  const names = [...newest.functions.keys(), ...newest.conditionFunctions.keys()].filter(
    (name) => !version.functions.has(name) && !version.conditionFunctions.has(name),
  )
  const sections = newest.words.conditions !== version.words.conditions ? ['conditions'] : []
  const all = [...sections, ...new Set(names)]
  return all.length === 0 ? 'no new functions, but new meanings of some' : all.join(', ')
}

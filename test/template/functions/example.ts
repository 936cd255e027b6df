import { load } from 'js-yaml'
import type { Json, JsonMap } from '../../../src/base/json.ts'
import {
  type Circumstances,
  defineStack,
  type Example,
  emptyEnvironment,
  evaluateOutput,
  parseTemplate,
  type Version,
  type World,
} from '../../../src/template/index.ts'
import { templateYaml } from '../../../src/template/parse/yaml.ts'
import { pseudo } from '../sample.ts'

/** What comes of the call of an example in a template of a version: what it gives, or the words it is refused with. */
export function outcomeOf(
  { call, where = {} }: Example,
  version: Version,
  as: 'value' | 'condition',
): { readonly gives: unknown } | { readonly refuses: string } {
  const { value: template, problems } = parseTemplate(templateAround(readYaml(call), where, { version, as }))
  if (template === undefined || problems[0]) return { refuses: problems[0]?.message ?? '' }
  const defined = defineStack({
    template,
    environment: emptyEnvironment,
    files: where.files ?? {},
    pseudo,
    facade: where.facade ?? {},
  })
  if (defined.problems[0]) return { refuses: defined.problems[0].message }
  if (as === 'condition') return { gives: defined.value.outputs.get('it')?.enabled }
  const result = evaluateOutput(defined.value, 'it', worldOf(where))
  return 'error' in result ? { refuses: result.error } : { gives: result.value }
}

/** YAML as templates are written in. */
export const readYaml = (text: string): Json => load(text, { schema: templateYaml }) as Json

interface Manner {
  readonly version: Version
  readonly as: 'value' | 'condition'
}

/** A template in which the call is the value of an output, or its condition. */
function templateAround(call: Json, where: Circumstances, { version, as }: Manner): JsonMap {
  const { words } = version
  const names = [...Object.keys(where.attributes ?? {}), ...Object.keys(where.references ?? {})]
  const parameters = Object.entries(where.parameters ?? {}).map(([name, value]) => [
    name,
    { [words.parameter.type]: typeFor(value, version), [words.parameter.default]: value },
  ])
  const it =
    as === 'value'
      ? { [words.output.value]: call }
      : { [words.output.value]: 'held', [words.output.condition ?? '']: call }
  return {
    [version.key]: version.name,
    [words.parameters]: Object.fromEntries(parameters),
    ...(words.conditions !== undefined && where.conditions && { [words.conditions]: where.conditions }),
    ...(where.mappings && { Mappings: where.mappings }),
    [words.resources]: Object.fromEntries(
      names.map((name) => [name, { [words.resource.type]: 'Any::Type' }]),
    ),
    [words.outputs]: { it },
  }
}

function typeFor(value: Json, version: Version): string {
  const type = typeof value === 'object' ? 'json' : typeof value
  return version.type === 'hot' ? type : type.charAt(0).toUpperCase() + type.slice(1)
}

/** A world in which resources have the attributes and references that an example says. */
export function worldOf({ attributes = {}, references = {} }: Circumstances): World {
  return {
    reference: (resource) => references[resource] ?? resource,
    attribute(resource, path) {
      let part: unknown = attributes[resource]
      for (const key of path) part = (part as Record<string | number, unknown> | undefined)?.[key]
      return part
    },
  }
}

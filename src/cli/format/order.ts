import { isMap } from '../../base/json.ts'

const sections = [
  ...['heat_template_version', 'HeatTemplateFormatVersion', 'AWSTemplateFormatVersion'],
  ...['description', 'Description', 'parameter_groups', 'parameters', 'Parameters', 'Mappings'],
  ...['conditions', 'Conditions', 'resources', 'Resources', 'outputs', 'Outputs'],
]

const keysOf: Readonly<Record<string, readonly string[]>> = {
  resources: [
    ...['type', 'description', 'condition', 'external_id', 'depends_on', 'deletion_policy', 'update_policy'],
    ...['metadata', 'properties'],
  ],
  Resources: [
    ...['Type', 'Description', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdatePolicy', 'Metadata'],
    'Properties',
  ],
  parameters: [
    'type',
    'label',
    'description',
    'default',
    'hidden',
    'immutable',
    'tags',
    'schema',
    'constraints',
  ],
  Parameters: ['Type', 'Label', 'Description', 'Default', 'NoEcho'],
  outputs: ['description', 'condition', 'value'],
  Outputs: ['Description', 'Condition', 'Value'],
}

/** The usual order of keys: those of a template if there is no section, or of what stands in a section. Others come last. */
export function compareKeys(section: string | undefined): (a: string, b: string) => number {
  const known = section === undefined ? sections : (keysOf[section] ?? [])
  const rank = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length)
  return (a, b) => rank(a) - rank(b)
}

/** A template as data with its keys in their usual order. */
export function inOrder(template: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return sorted(template, undefined, (section, key) =>
    Object.hasOwn(keysOf, key) && isMap(section)
      ? sorted(section, '', (part) => (isMap(part) ? sorted(part, key, (value) => value) : part))
      : section,
  )
}

function sorted(
  map: Readonly<Record<string, unknown>>,
  section: string | undefined,
  inside: (value: unknown, key: string) => unknown,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(map).toSorted(compareKeys(section))
  return Object.fromEntries(keys.map((key) => [key, inside(map[key], key)]))
}

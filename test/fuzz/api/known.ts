import { isMap } from '../../../src/base/json.ts'
import type { Chance } from '../../../src/testing/chance.ts'

/** What stands in the braces of an address. */
export type Values = Readonly<Record<string, string>>

const mostOfAKind = 40

/** Addresses under stacks, as links in answers have them. */
const linked =
  /\/v1\/[^/"?]+\/stacks\/([^/"?]+)\/([^/"?]+)(?:\/resources\/([^/"?]+)(?:\/events\/([^/"?]+))?)?/g

/** Keys of answers whose texts can stand in addresses. */
const keyed: Readonly<Record<string, string>> = {
  output_key: 'output_key',
  resource_type: 'type_name',
  version: 'template_version',
  server_id: 'server_id',
}

/** Keys of answers under which there are things, alone or in lists, whose IDs can stand in addresses. */
const identified: Readonly<Record<string, string>> = {
  software_config: 'config_id',
  software_configs: 'config_id',
  software_deployment: 'deployment_id',
  software_deployments: 'deployment_id',
}

/** What earlier answers gave that later requests can ask about. */
export class Known {
  /** Values that belong together, by the last one of them. */
  readonly #kinds = new Map<string, Values[]>()

  /** Learns all that an answer tells. */
  learn(text: string): void {
    for (const [, stack_name, stack_id, resource_name, event_id] of text.matchAll(linked)) {
      const stack = { stack_name: decoded(stack_name), stack_id: decoded(stack_id) }
      this.#add('stack_name', stack)
      this.#add('stack_id', stack)
      // Events of the stack itself have its name for that of a resource.
      if (resource_name && resource_name !== stack_name)
        this.#add('resource_name', { ...stack, resource_name: decoded(resource_name) })
      if (event_id)
        this.#add('event_id', {
          ...stack,
          resource_name: decoded(resource_name),
          event_id: decoded(event_id),
        })
    }
    if (text.startsWith('{')) this.#walk(JSON.parse(text), '')
  }

  /** Learns what an answer about a stack tells, and does not say of what: its snapshots, and what it can be adopted from. */
  learnOf({ stack_name, stack_id }: Values, text: string): void {
    if (stack_name === undefined || stack_id === undefined) return
    if (text.includes('"environment":{') && text.includes('"resources":{'))
      this.#add('adopt_stack_data', { adopt_stack_data: text })
    for (const [, id = ''] of text.matchAll(/"id":"([0-9a-f-]{36})","name":/g))
      this.#add('snapshot_id', { stack_name, stack_id, snapshot_id: id })
  }

  /** Values for the names in an address, that belong together if anything is known that does. */
  draw(names: readonly string[], chance: Chance): Values {
    const kind = names.findLast((name) => this.#kinds.has(name)) ?? ''
    // Most of what is older is gone.
    const values = chance.one(this.#kinds.get(kind)?.slice(chance.is(0.8) ? -5 : 0) ?? [{}])
    const others = names
      .filter((name) => !(name in values))
      .flatMap((name) => Object.entries(chance.one(this.#kinds.get(name) ?? [{}])))
    return { ...Object.fromEntries(others), ...values }
  }

  /** One of those that are known by a name, if any is. */
  one(name: string, chance: Chance): string | undefined {
    return chance.one(this.#kinds.get(name) ?? [{}])[name]
  }

  /** Any text that is known. */
  any(chance: Chance): string {
    const all = [...this.#kinds.values()].flat()
    return all.length === 0 ? '' : chance.one(Object.values(chance.one(all))).slice(0, 1000)
  }

  get stacks(): readonly Values[] {
    return this.#kinds.get('stack_id') ?? []
  }

  #add(kind: string, values: Values): void {
    const all = this.#kinds.get(kind) ?? []
    if (all.some((one) => one[kind] === values[kind] && one.stack_id === values.stack_id)) return
    this.#kinds.set(kind, [...all, values].slice(-mostOfAKind))
  }

  #walk(value: unknown, key: string): void {
    if (typeof value === 'string') {
      const kind = key === 'resource_types' ? 'type_name' : keyed[key]
      if (kind !== undefined && value !== '') this.#add(kind, { [kind]: value })
    } else if (Array.isArray(value)) for (const item of value) this.#walk(item, key)
    else if (isMap(value)) {
      const kind = identified[key]
      if (kind !== undefined && typeof value.id === 'string') this.#add(kind, { [kind]: value.id })
      for (const [inner, item] of Object.entries(value)) this.#walk(item, inner)
    }
  }
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

import { CloudError, type CloudErrorFacts } from '../../src/cloud/error.ts'
import type { Ask, Reply } from '../../src/cloud/index.ts'
import type { Scenario } from '../../src/testing/scenario.ts'

type Fields = Readonly<Record<string, unknown>>

/** A stack of another orchestration service. */
interface FarStack {
  readonly id: string
  readonly stack_name: string
  /** Where it was asked for: the region, or the address of another cloud. */
  readonly place: string
  body: Fields
  stack_status: string
  stack_status_reason: string
  /** When what is done to it will be done, and what it is then. */
  readyAt: number
  becomes: string
}

/** Another orchestration service, reached by way of a scenario's sessions; what is done to its stacks takes a while. */
export interface FarStacks {
  readonly stacks: FarStack[]
  readonly deeds: string[]
  readonly snapshots: { readonly id: string; readonly name: string; readonly data: Fields }[]
  /** Actions that fail from now on, as `UPDATE`. */
  readonly failing: Set<string>
  /** Templates that are refused. */
  refuses: string | undefined
  /** Whether it can't be reached. */
  isAway: boolean
  takesMs: number
}

/** Puts another orchestration service, and secrets, beside a scenario's yard. */
export function farStacks(play: Scenario, secrets: Readonly<Record<string, unknown>> = {}): FarStacks {
  const far: FarStacks = {
    stacks: [],
    deeds: [],
    snapshots: [],
    failing: new Set(),
    refuses: undefined,
    isAway: false,
    takesMs: 3000,
  }
  play.yard.services.add('orchestration')
  play.yard.interfere = async (ask, act) => {
    if (ask.service.includes('key-manager')) return answered(secretOf(ask))
    return ask.service.includes('orchestration') ? answered(carryOut(ask)) : await act()
  }
  return far

  function secretOf({ path }: Ask): unknown {
    const [, , id = '', payload] = path.split('/')
    const words = 'Not Found. Sorry but your secret is in another castle.'
    if (!(id in secrets)) throw refusal(words, { ...gone, service: 'key-manager' })
    return payload === undefined ? { content_types: { default: 'text/plain' } } : secrets[id]
  }

  function carryOut(ask: Ask): unknown {
    if (far.isAway) throw refusal('Nobody is there.', { kind: 'unavailable', status: 503 })
    const [, , name, id, actions, snapshot] = ask.path.split('/')
    if (ask.path === '/validate') return validated(ask.body as Fields)
    if (id !== undefined && actions === 'snapshots') return onSnapshots(found(name, id), ask, snapshot)
    if (id !== undefined) return onStack(found(name, id), ask, actions)
    if (ask.method === 'POST') return { stack: { id: made(ask).id } }
    const { name: wanted, id: ids } = ask.query ?? {}
    const isWanted = (one: FarStack) =>
      ids === undefined ? one.stack_name === wanted && one.stack_status !== 'DELETE_COMPLETE' : one.id === ids
    return { stacks: far.stacks.map(current).filter(isWanted) }
  }

  function validated({ template }: Fields): unknown {
    if (template === far.refuses)
      throw refusal('The template is no good.', { kind: 'bad-request', status: 400 })
    return {}
  }

  function made({ body, elsewhere }: Ask): FarStack {
    const said = body as Fields
    const stack_name = String(said.stack_name)
    if (far.stacks.some((one) => one.stack_name === stack_name && one.stack_status !== 'DELETE_COMPLETE'))
      throw refusal(`The Stack (${stack_name}) already exists.`, { kind: 'conflict', status: 409 })
    const place = elsewhere?.cloud?.authUrl ?? elsewhere?.region ?? 'here'
    const id = `far-${far.stacks.length + 1}`
    const stack = {
      id,
      stack_name,
      place,
      body: said,
      stack_status: '',
      stack_status_reason: '',
      readyAt: 0,
      becomes: '',
    }
    far.stacks.push(stack)
    begin(stack, 'CREATE')
    return stack
  }

  function onStack(stack: FarStack, { method, body }: Ask, actions: string | undefined): unknown {
    if (actions !== undefined) begin(stack, String(Object.keys(body as Fields)[0]).toUpperCase())
    else if (method === 'DELETE') begin(stack, 'DELETE')
    else if (method === 'PUT') {
      stack.body = { ...stack.body, ...(body as Fields) }
      begin(stack, 'UPDATE')
    } else return { stack: { ...current(stack), outputs: outputsOf(stack) } }
    return undefined
  }

  function onSnapshots(stack: FarStack, { method, body }: Ask, id: string | undefined): unknown {
    const [status] = current(stack).stack_status.split('_').slice(-1)
    if (method === 'POST') {
      const { template, parameters } = stack.body
      const data = { template: { of: template }, environment: { parameters } }
      begin(stack, 'SNAPSHOT')
      far.snapshots.push({
        id: `kept-${far.snapshots.length + 1}`,
        name: String((body as Fields).name),
        data,
      })
      return far.snapshots.at(-1)
    }
    if (id === undefined) return { snapshots: far.snapshots }
    return { snapshot: { ...far.snapshots.find((one) => one.id === id), status } }
  }

  function begin(stack: FarStack, action: string): void {
    far.deeds.push(action)
    stack.stack_status = `${action}_IN_PROGRESS`
    stack.readyAt = play.clock.now() + far.takesMs
    stack.becomes = `${action}_${far.failing.has(action) ? 'FAILED' : 'COMPLETE'}`
    stack.stack_status_reason = far.failing.has(action) ? 'It broke.' : ''
  }

  function current(stack: FarStack): FarStack {
    if (stack.readyAt <= play.clock.now()) stack.stack_status = stack.becomes
    return stack
  }

  function found(name: string | undefined, id: string): FarStack {
    const stack = far.stacks.find((one) => one.id === id && one.stack_name === name)
    if (stack === undefined) throw refusal(`The Stack (${name}) could not be found.`, gone)
    return stack
  }
}

const refusal = (words: string, facts: Omit<CloudErrorFacts, 'service'> & { readonly service?: string }) =>
  new CloudError(words, { service: 'orchestration', ...facts })

const gone = { kind: 'not-found', status: 404 } as const

const outputsOf = ({ body }: FarStack) =>
  Object.entries((body.parameters ?? {}) as Fields).map(([output_key, output_value]) => ({
    output_key,
    output_value,
  }))

const answered = (body: unknown): Reply => ({ status: 200, headers: {}, body })

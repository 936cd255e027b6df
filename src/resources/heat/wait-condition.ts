import { failure } from '../../base/problem.ts'
import { jsonText, wordOf } from '../../base/text.ts'
import { type Awaited, resource, type Signal } from '../../plugin/index.ts'
import { integer, number, string } from '../../schema/index.ts'
import { WaitConditionHandle } from './wait-condition-handle.ts'

/** Is ready when its handle was told so, as often as it takes. */
export const WaitCondition = resource('OS::Heat::WaitCondition', {
  summary: 'Waits until a wait condition handle was told of success often enough.',
  since: '2014.2',
  uses: {},
  properties: {
    handle: string('The wait condition handle whose signals count.', { required: true }),
    timeout: number('How many seconds to wait for them.', { required: true, range: { min: 1, max: 43_200 } }),
    count: integer('How many signals of success it takes.', {
      default: 1,
      range: { min: 1 },
      updatable: true,
    }),
  },
  attributes: {
    data: string('The data of all signals that came, by their IDs, as a JSON text.'),
  },
  create: async ({ self }) => ({ id: self.physicalName }),
  reference: ({ self }) => self.name,
  awaits: {
    of: ({ props }) => props.handle,
    seconds: ({ props }) => props.timeout,
    until: ({ props, ...awaited }) => isEnough(awaited, props),
  },
  update: async () => {},
  repairable: async () => false,
  delete: ({ signals, props }) => signals.forget(props.handle),
  compute: {
    async data({ signals, props }) {
      const told = await signals.of(props.handle)
      // As a text rather than a map, so that the signals stay in the order in which they came.
      return `{${told.map(({ id, content }) => `${jsonText(id)}: ${jsonText(content.data ?? null)}`).join(', ')}}`
    },
  },
})

type Wanted = { readonly handle: string; readonly count: number }

function isEnough(
  { told, teller, isLate }: Awaited,
  { handle, count }: Wanted,
): boolean | { tell: Record<string, never> } {
  if (teller?.type !== WaitConditionHandle.type)
    throw failure('ValueError', `${teller?.name ?? handle} is not a valid wait condition handle.`)
  if (isLate) throw failure('WaitConditionTimeout', lateness(told, count))
  if (told.some(({ content }) => content.status !== 'SUCCESS'))
    throw failure('WaitConditionFailure', reasons(told, 'FAILURE').join(';'))
  if (told.length >= count) return true
  return teller.props.signal_transport === 'NO_SIGNAL' ? { tell: {} } : false
}

function lateness(told: readonly Signal[], count: number): string {
  const came = reasons(told, 'SUCCESS')
  const all = `${came.length} of ${count} received`
  return came.length === 0 ? all : `${all} - ${came.join(';')}`
}

const reasons = (told: readonly Signal[], status: string): readonly string[] =>
  told.filter(({ content }) => content.status === status).map(({ content }) => wordOf(content.reason))

import { messageOf, Problem } from '../base/problem.ts'
import type { CallContext } from '../contract/call.ts'
import { type callsKnownAgain, type EngineCalls, onlyAsks } from '../contract/engine.ts'
import { NotFound, Unavailable } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import type { NotedCall } from '../store/index.ts'
import { deleteSnapshot, showSnapshot } from './operations/snapshots.ts'
import { showSoftwareConfig } from './operations/software-configs.ts'
import { showSoftwareDeployment } from './operations/software-deployments.ts'
import { identityOf } from './operations/stacks.ts'
import type { EngineParts } from './parts.ts'

export type Operation = (parts: EngineParts, caller: Caller, ask: unknown) => Promise<unknown>

type Again = (parts: EngineParts, call: NotedCall, asked: Asked) => unknown

interface Asked {
  readonly caller: Caller
  readonly ask: never
}

/** What a call that was carried out before is answered with: mostly that it was. */
const answersAgain: { readonly [K in (typeof callsKnownAgain)[number]]: Again } = {
  async createStack({ store }, { id }) {
    const stack = await store.stack(id)
    return stack && identityOf(stack)
  },
  updateStack: () => undefined,
  deleteStack: () => undefined,
  suspendStack: () => undefined,
  resumeStack: () => undefined,
  checkStack: () => undefined,
  cancelUpdate: () => undefined,
  signalResource: () => undefined,
  markUnhealthy: () => undefined,
  abandonStack: (_parts, { answer }) => answer,
  createSnapshot: (parts, { id }, { caller, ask }) =>
    showSnapshot(parts, caller, { ...(ask as object), snapshot: id } as never),
  restoreSnapshot: () => undefined,
  // What was kept in the clouds may be there yet: whoever began to delete it may have died.
  deleteSnapshot: (parts, _call, { caller, ask }) =>
    deleteSnapshot(parts, caller, ask).catch((error: unknown) => {
      if (!NotFound.is(error)) throw error
    }),
  createSoftwareConfig: (parts, { id }, { caller }) => showSoftwareConfig(parts, caller, { id }),
  deleteSoftwareConfig: () => undefined,
  createSoftwareDeployment: (parts, { id }, { caller }) => showSoftwareDeployment(parts, caller, { id }),
  updateSoftwareDeployment: (parts, _call, { caller, ask }) => showSoftwareDeployment(parts, caller, ask),
  deleteSoftwareDeployment: () => undefined,
}

/**
 * Makes a call of an operation: one that changes something is carried out once, however often it arrives; one that only asks
 * is given up when nobody waits for its answer any more.
 */
export function answering(parts: EngineParts, name: keyof EngineCalls, operation: Operation) {
  const again = (answersAgain as Partial<Record<keyof EngineCalls, Again>>)[name]

  async function change(caller: Caller, ask: unknown, { id, again: mayBeDone }: CallContext) {
    if (id === undefined) return await operation(parts, caller, ask)
    const asked = { caller, ask: ask as never }
    const done = mayBeDone ? await parts.store.carriedOut(id) : undefined
    if (done !== undefined) return again?.(parts, done, asked)
    try {
      return await operation({ ...parts, call: id }, caller, ask)
    } catch (error) {
      // It may be refused only because another engine carried it out meanwhile.
      const meanwhile = error instanceof Problem ? await parts.store.carriedOut(id) : undefined
      if (meanwhile === undefined) throw error
      return again?.(parts, meanwhile, asked)
    }
  }

  async function answer(caller: Caller, ask: unknown, context?: CallContext): Promise<unknown> {
    if (context === undefined) return await operation(parts, caller, ask)
    if (context.signal.aborted) throw nobodyWaits(context.signal)
    if (onlyAsks(name)) return await operation(heeding(parts, context.signal), caller, ask)
    // Once begun it is carried out whole, whether or not anybody waits for it.
    return await change(caller, ask, context)
  }

  return async (caller: Caller, ask: unknown, context?: CallContext): Promise<unknown> => {
    const { clock, meter, tracer } = parts
    const begunAt = clock.now()
    let outcome = 'failed'
    try {
      const beginning = { as: 'server', of: context?.origin } as const
      const value = await tracer.span(name, beginning, () => answer(caller, ask, context))
      outcome = 'answered'
      return value
    } catch (error) {
      if (error instanceof Problem) outcome = 'refused'
      throw error
    } finally {
      meter.observe('hearth_call_seconds', { call: name, outcome }, (clock.now() - begunAt) / 1000)
    }
  }
}

/** Parts whose sessions ask nothing more of a cloud once nobody waits for it. */
function heeding(parts: EngineParts, signal: AbortSignal): EngineParts {
  const { access } = parts
  const heed = (session: ReturnType<typeof access.forCaller>): typeof session => ({
    ...session,
    request(ask) {
      if (signal.aborted) return Promise.reject(nobodyWaits(signal))
      return session.request({ ...ask, signal: ask.signal ? AbortSignal.any([ask.signal, signal]) : signal })
    },
  })
  return {
    ...parts,
    access: {
      ...access,
      forCaller: (caller) => heed(access.forCaller(caller)),
      forStack: (document, projectId) => heed(access.forStack(document, projectId)),
    },
  }
}

const nobodyWaits = ({ reason }: AbortSignal) =>
  Unavailable({ message: `Nobody waits for the answer any more: ${messageOf(reason)}` })

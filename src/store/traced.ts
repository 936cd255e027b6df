import type { Origin, Tracer } from '../base/tracing.ts'
import type { Change, Store, Targeting } from './store.ts'

/** The same store, where what is asked of stacks says whose request it is, and commits are followed. */
export function traced(store: Store, tracer: Tracer): Store {
  const commit = <T>(work: () => Promise<T>): Promise<T> => tracer.span('commit', {}, work)
  return {
    ...store,
    write: (change) => commit(() => store.write(signed(change, tracer.origin()))),
    finish: (owner, request, last) =>
      commit(() => store.finish(owner, request, signed(last, tracer.origin()))),
    createStack: (target) => commit(() => store.createStack(asked(target, tracer.origin()))),
    retarget: (target) => commit(() => store.retarget(asked(target, tracer.origin()))),
  }
}

function signed(change: Change, origin: Origin | undefined): Change {
  const { children, next } = change
  if (origin === undefined || (children === undefined && next === undefined)) return change
  return {
    ...change,
    ...(children && { children: children.map((child) => asked(child, origin)) }),
    ...(next && { next: asked(next, origin) }),
  }
}

const asked = <T extends Targeting>(target: T, origin: Origin | undefined): T =>
  origin === undefined ? target : { ...target, origin }

import type { Method, Route } from '../kit/call.ts'

/** One step of a path: what may come after it, and what is answered where it ends. */
interface Place {
  readonly named: Map<string, Place>
  any: Place | undefined
  /** Where all that is left of the path leads. */
  rest: Place | undefined
  readonly routes: Map<Method, Entry>
}

interface Entry {
  readonly route: Route
  readonly names: readonly string[]
}

export interface Found {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** A path that is there, but not for this method. */
export interface Elsewise {
  readonly methods: readonly string[]
}

/** Finds the route of a path; a step that is written out goes before one that stands for any. */
export interface Paths {
  /** The route, or which methods there are instead, or nothing if there is no such path. */
  find(method: string, path: string): Found | Elsewise | undefined
}

export function pathsOf(routes: readonly Route[]): Paths {
  const root = newPlace()
  for (const route of routes) add(root, route)
  return {
    find(method, path) {
      const steps = stepsOf(path).map(decoded)
      return seek(root, method as Method, steps, [])
    },
  }
}

const newPlace = (): Place => ({
  named: new Map(),
  any: undefined,
  rest: undefined,
  routes: new Map(),
})

const stepsOf = (path: string): string[] => path.split('/').filter((step) => step !== '')

function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

function add(root: Place, route: Route): void {
  const names: string[] = []
  let place = root
  for (const step of stepsOf(route.path)) {
    if (step.startsWith('*')) {
      names.push(step.slice(1))
      place.rest ??= newPlace()
      place = place.rest
    } else if (step.startsWith(':')) {
      names.push(step.slice(1))
      place.any ??= newPlace()
      place = place.any
    } else {
      const next = place.named.get(step) ?? newPlace()
      place.named.set(step, next)
      place = next
    }
  }
  place.routes.set(route.method, { route, names })
}

type Outcome = Found | Elsewise | undefined

function seek(
  place: Place,
  method: Method,
  [step, ...rest]: readonly string[],
  values: readonly string[],
): Outcome {
  if (step === undefined) return endAt(place, method, values)
  const named = place.named.get(step)
  const exact = named && seek(named, method, rest, values)
  if (exact !== undefined && 'route' in exact) return exact
  const any = place.any && seek(place.any, method, rest, [...values, step])
  if (any !== undefined) return any
  return (place.rest && endAt(place.rest, method, [...values, [step, ...rest].join('/')])) ?? exact
}

function endAt({ routes }: Place, method: Method, values: readonly string[]): Outcome {
  const entry = routes.get(method)
  if (entry === undefined) return routes.size === 0 ? undefined : { methods: [...routes.keys()] }
  const params = Object.fromEntries(entry.names.map((name, at) => [name, values[at] ?? '']))
  return { route: entry.route, params }
}

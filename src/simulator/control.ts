import type { Fault, FaultBook } from './faults.ts'
import { answer, type Call, created, nothing, param, route } from './kit/call.ts'
import type { Service } from './kit/service.ts'
import type { World } from './world/world.ts'

/** All objects by kind, or those of one project. */
export function census(world: World, projectId?: string): Record<string, readonly object[]> {
  world.catchUp()
  const kinds = [...world.census()].map(
    ([name, rows]) => [name, rows.filter((row) => belongsTo(row, projectId))] as const,
  )
  return Object.fromEntries(kinds)
}

function belongsTo(row: object, projectId: string | undefined): boolean {
  if (projectId === undefined) return true
  const owned = row as { readonly project_id?: unknown; readonly owner?: unknown }
  return owned.project_id === projectId || owned.owner === projectId
}

/** What test programs ask of the simulator over HTTP, beside the services. */
export function control(faults: FaultBook, requests: () => Record<string, number>): Service {
  return {
    name: 'simulator',
    prefix: '/simulator',
    kinds: [],
    tasks: [],
    dress: ({ status, message }) => ({ error: { code: status, message } }),
    routes: [
      route('GET /faults', () => answer({ faults: faults.list() }), { open: true }),
      route(
        'POST /faults',
        (call) => created({ ids: faultsIn(call.body).map((fault) => faults.add(fault)) }),
        { open: true },
      ),
      route('DELETE /faults', () => cleared(faults), { open: true }),
      route('DELETE /faults/:id', (call) => nothing(faults.remove(param(call)) ? 204 : 404), { open: true }),
      route(
        'GET /census',
        (call: Call) => answer(census(call.world, call.query.get('project_id') ?? undefined)),
        { open: true },
      ),
      route('GET /requests', () => answer(requests()), { open: true }),
    ],
  }
}

const faultsIn = (body: unknown): Fault[] => (Array.isArray(body) ? body : [body ?? {}]) as Fault[]

function cleared(faults: FaultBook) {
  faults.clear()
  return nothing()
}

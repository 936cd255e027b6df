import { CloudError, unlessGone } from './error.ts'
import type { Found } from './service.ts'

/** Where to look something up that a template names. */
export interface LookupWays<Live extends Found> {
  /** What it is called when it can't be found: `KeystoneProject`. */
  readonly entity: string
  readonly service: string
  /** By ID; "not found" is an answer. Left out where IDs can't be asked for. */
  readonly byId?: (id: string) => Promise<Live>
  readonly byName: (name: string) => Promise<readonly Live[]>
  /** The words for none and for several, where Heat has others than the usual ones. */
  readonly words?: { readonly none: (name: string) => string; readonly several: (name: string) => string }
}

/** Finds what a template gives by ID or by name, the ID first: a `CloudError` if there is none, or more than one. */
export async function lookUp<Live extends Found>(nameOrId: string, ways: LookupWays<Live>): Promise<Live> {
  const { entity, service, byId, byName, words } = ways
  const exact = byId && nameOrId !== '' ? await unlessGone(byId(nameOrId)) : undefined
  if (exact !== undefined) return exact
  const [found, another] = await byName(nameOrId)
  if (found === undefined) {
    const message = words?.none(nameOrId) ?? `The ${entity} (${nameOrId}) could not be found.`
    throw new CloudError(message, { kind: 'not-found', service })
  }
  if (another !== undefined) {
    const message =
      words?.several(nameOrId) ?? `Multiple physical resources were found with name (${nameOrId}).`
    throw new CloudError(message, { kind: 'ambiguous', service })
  }
  return found
}

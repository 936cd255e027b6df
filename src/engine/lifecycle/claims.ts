import { BoundedMap } from '../../base/bounded-map.ts'
import type { EngineParts } from '../parts.ts'

/**
 * Which cloud objects the resources of this engine have just taken for their own. The store knows too, but a moment later;
 * and two resources that look for what a lost request made must not find the same object.
 */
export interface Claims {
  /** Takes an object that was looked for; answers whether it is the resource's now. */
  find(object: Claimed, rowId: string): boolean
  /** Takes an object that a cloud made for a resource, unless another had found it before the answer was there. */
  receive(object: Claimed, rowId: string): boolean
  /** Whether it is another resource's. */
  isTaken(object: Claimed, rowId: string): boolean
}

/** IDs are told apart by resource type: an attachment may have the ID of its volume. */
export interface Claimed {
  readonly type: string
  readonly id: string
}

/** By the time that so many more were taken, the store knows of the oldest. */
const mostKept = 20_000

const claims = new WeakMap<EngineParts, Claims>()

/** The claims of an engine's resources. */
export function claimsOf(parts: EngineParts): Claims {
  const known = claims.get(parts) ?? newClaims()
  claims.set(parts, known)
  return known
}

function newClaims(): Claims {
  const owners = new BoundedMap<{ readonly rowId: string; readonly wasFound: boolean }>(mostKept)
  const keyOf = ({ type, id }: Claimed): string => `${type} ${id}`

  function take(key: string, rowId: string, wasFound: boolean): true {
    owners.set(key, { rowId, wasFound })
    return true
  }

  return {
    find(object, rowId) {
      const owner = owners.get(keyOf(object))
      return owner === undefined ? take(keyOf(object), rowId, true) : owner.rowId === rowId
    },
    receive(object, rowId) {
      const owner = owners.get(keyOf(object))
      if (owner?.wasFound && owner.rowId !== rowId) return false
      return take(keyOf(object), rowId, false)
    },
    isTaken(object, rowId) {
      const owner = owners.get(keyOf(object))
      return owner !== undefined && owner.rowId !== rowId
    },
  }
}

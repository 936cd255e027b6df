import type { AnyType } from '../plugin/index.ts'
import { types as cinder } from './cinder/index.ts'
import { types as cloudformation } from './cloudformation/index.ts'
import { types as glance } from './glance/index.ts'
import { types as heat } from './heat/index.ts'
import { types as neutron } from './neutron/index.ts'
import { types as nova } from './nova/index.ts'

/** Every resource type there is. */
export const allTypes: readonly AnyType[] = [
  ...cinder,
  ...cloudformation,
  ...glance,
  ...heat,
  ...neutron,
  ...nova,
]

export { notYet } from './not-yet.ts'

import type { AnyType } from '../../plugin/index.ts'
import { Flavor } from './flavor.ts'
import { KeyPair } from './key-pair.ts'
import { Server } from './server/index.ts'
import { ServerGroup } from './server-group.ts'

/** The resource types of Nova. */
export const types: readonly AnyType[] = [Flavor, KeyPair, Server, ServerGroup]

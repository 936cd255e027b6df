import type { AnyType } from '../plugin/index.ts'
import { allTypes } from './index.ts'
import { Server, type ServerSettings, serverOfSite } from './nova/server/index.ts'

/** What an operator says of resource types, for all stacks. */
export interface TypeSettings {
  readonly server: ServerSettings
}

/** Every resource type there is, as the operator wants it. */
export const typesOfSite = ({ server }: TypeSettings): readonly AnyType[] =>
  allTypes.map((type) => (type === Server ? serverOfSite(server) : type))

import { kind, type Row } from '../world/table.ts'

/** A container of one project; its ID is made of the project and the name. */
export interface Container extends Row {
  readonly project_id: string
  readonly name: string
}

export interface StoredObject extends Row {
  readonly container_id: string
  readonly name: string
  /** As base64, for the cloud is kept as JSON. */
  readonly content: string
  readonly content_type: string
  readonly bytes: number
  readonly hash: string
  /** Milliseconds since the epoch. */
  readonly written_at: number
}

export const containers = kind<Container>('containers', ['project_id'])
export const storedObjects = kind<StoredObject>('objects', ['container_id'])

import type { JsonMap } from '../../../src/base/json.ts'
import { openApiDocument } from '../../../src/contract/openapi/document.ts'

/** The part of a JSON schema that values are drawn by. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly style?: string
  readonly explode?: boolean
  readonly schema: Schema
  readonly example?: string
}

interface Described {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: Schema; readonly example?: JsonMap } }
  }
}

/** One operation, as the document tells strangers of it. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly schema: Schema; readonly example?: JsonMap }
}

/** Everything that the document says can be asked. */
export const operations: readonly Operation[] = Object.entries(
  (openApiDocument() as { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> })
    .paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
    id: operationId,
    method: method.toUpperCase(),
    path,
    parameters,
    ...(requestBody && { body: requestBody.content['application/json'] }),
  })),
)

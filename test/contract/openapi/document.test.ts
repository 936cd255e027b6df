import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import SwaggerParser from '@apidevtools/swagger-parser'
import { isMap } from '../../../src/base/json.ts'
import { splitAddress } from '../../../src/contract/endpoint.ts'
import { openApiDocument } from '../../../src/contract/openapi/document.ts'
import { allEndpoints } from '../../../src/contract/rest/index.ts'
import { misfit } from '../../api/described.ts'

const document = JSON.parse(JSON.stringify(openApiDocument()))

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly security?: readonly object[]
  readonly responses: Readonly<Record<string, object>>
}

const operations = Object.values<Record<string, Operation>>(document.paths).flatMap(Object.values<Operation>)

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    await SwaggerParser.validate(structuredClone(document))
    assert.match(document.openapi, /^3\.1\./)
  })

  it('has every operation, under a name of its own', () => {
    const declared = allEndpoints.flatMap(({ endpoints }) =>
      endpoints.map(({ endpoint }) => endpoint.address),
    )
    for (const address of declared) {
      const { method, path } = splitAddress(address)
      assert.ok(document.paths[path]?.[method.toLowerCase()], address)
    }
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, declared.length)
  })

  it('says what is in every address', () => {
    for (const [path, methods] of Object.entries<Record<string, Operation>>(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const { parameters = [] } of Object.values(methods))
        assert.deepEqual(
          parameters.filter((one) => one.in === 'path').map(({ name }) => name),
          names,
        )
    }
  })

  it('asks for a token, and says how a request is refused, but where anybody may ask', () => {
    const open = operations.filter(({ security }) => security?.length === 0)
    assert.deepEqual(
      open.map(({ operationId }) => operationId),
      ['healthcheck', 'listVersions', 'showDocument'],
    )
    for (const { operationId, security, responses } of operations) {
      if (security === undefined)
        assert.ok(responses['401'] && responses['403'] && responses['404'], operationId)
    }
  })

  it('has examples of all that is sent and answered, which fit', () => {
    let count = 0
    for (const { place, value } of contents(document, [])) {
      assert.ok('example' in value, place.join(' '))
      assert.equal(misfit([...place, 'schema'], value.example), undefined, place.join(' '))
      count++
    }
    assert.ok(count > operations.length)
  })
})

interface Place {
  readonly place: readonly string[]
  readonly value: { readonly schema: object; readonly example?: unknown }
}

/** Everything with a schema that something is checked by. */
function contents(value: unknown, place: readonly string[]): readonly Place[] {
  if (place.at(-1) === 'schema' || place.at(-1) === 'schemas' || place.at(-1) === 'example') return []
  if (Array.isArray(value)) return value.flatMap((item, i) => contents(item, [...place, String(i)]))
  if (!isMap(value)) return []
  const isDescribed = 'schema' in value && place.at(-1) !== 'location'
  const inside = Object.entries(value).flatMap(([key, part]) => contents(part, [...place, key]))
  return isDescribed ? [{ place, value: value as unknown as Place['value'] }, ...inside] : inside
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusalOf, retryAfterOf } from '../../src/cloud/refusal.ts'

const refused = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
  refusalOf('compute', { status, body, headers }, false)

const reads = (status: number, body: unknown) => {
  const { kind, message } = refused(status, body)
  return `${kind}: ${message}`
}

describe('a refusal', () => {
  it('holds the words of each kind of service', () => {
    const bodies: [number, unknown, string][] = [
      [400, { badRequest: { code: 400, message: 'Invalid flavor.' } }, 'bad-request: Invalid flavor.'],
      [
        404,
        { itemNotFound: { code: 404, message: 'Volume x could not be found.' } },
        'not-found: Volume x could not be found.',
      ],
      [409, { NeutronError: { type: 'NetworkInUse', message: 'In use.', detail: '' } }, 'conflict: In use.'],
      [
        400,
        { NeutronError: { type: 'X', message: 'Bad.', detail: 'Because.' } },
        'bad-request: Bad. Because.',
      ],
      [404, { NeutronError: { message: { message: 'inner' } } }, 'not-found: inner'],
      [400, { NeutronError: 'plain words' }, 'bad-request: plain words'],
      [403, { error: { code: 403, message: 'Not you.', title: 'Forbidden' } }, 'forbidden: Not you.'],
      [
        400,
        {
          ...{ code: 400, title: 'Bad Request', explanation: 'Something is malformed.' },
          error: { type: 'X', message: 'The template section is invalid: resource', traceback: null },
        },
        'bad-request: The template section is invalid: resource',
      ],
      [
        404,
        { message: 'No image<br /><br />\n\n\n', code: '404 Not Found', title: 'Not Found' },
        'not-found: No image',
      ],
      [
        400,
        { debuginfo: null, faultcode: 'Client', faultstring: 'Validation failure' },
        'bad-request: Validation failure',
      ],
      [
        404,
        { errors: [{ status: 404, title: 'Not Found', detail: 'No provider.' }] },
        'not-found: No provider.',
      ],
      [
        404,
        '<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  No image &quot;x&quot;<br /><br />\n </body>\n</html>',
        'not-found: No image "x"',
      ],
      [
        503,
        '<html><body><h1>503 Service Unavailable</h1></body></html>',
        'unavailable: 503 Service Unavailable',
      ],
      [500, 'it broke\nbadly', 'unavailable: it broke badly'],
      [502, undefined, 'unavailable: The compute service answered with status 502.'],
    ]
    for (const [status, body, words] of bodies) assert.equal(reads(status, body), words)
  })

  it('tells a quota from other refusals of the same status', () => {
    const quota = "Quota exceeded for resources: ['port']."
    assert.equal(refused(409, { NeutronError: { type: 'OverQuota', message: quota } }).kind, 'over-limit')
    assert.equal(
      refused(403, { forbidden: { message: 'Quota exceeded for instances: Requested 1' } }).kind,
      'over-limit',
    )
    assert.equal(
      refused(413, { overLimit: { message: 'VolumeSizeExceedsAvailableQuota' } }).kind,
      'over-limit',
    )
    assert.equal(refused(403, { forbidden: { message: "Policy doesn't allow it" } }).kind, 'forbidden')
    assert.equal(refused(409, { NeutronError: { type: 'NetworkInUse', message: 'in use' } }).kind, 'conflict')
    assert.equal(refused(429).kind, 'rate-limited')
  })

  it("keeps the service's own request ID", () => {
    assert.equal(refused(404, {}, { 'x-openstack-request-id': 'req-1' }).requestId, 'req-1')
    assert.equal(refused(404, {}, { 'x-compute-request-id': 'req-2' }).requestId, 'req-2')
    assert.equal(refused(404, {}).requestId, undefined)
  })

  it('tells where a service has moved to', () => {
    assert.match(refused(301, '', { location: 'https://x/' }).message, /redirects to https:\/\/x\//)
  })

  it('reads for how long to wait, in seconds or as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z')
    assert.equal(retryAfterOf({ headers: { 'retry-after': '5' } }, now), 5)
    assert.equal(retryAfterOf({ headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' } }, now), 9)
    assert.equal(retryAfterOf({ headers: { 'retry-after': 'soon' } }, now), undefined)
    assert.equal(retryAfterOf({ headers: {} }, now), undefined)
  })
})

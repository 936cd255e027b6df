import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Ask, Session } from '../../../src/cloud/index.ts'
import type { StackRequest } from '../../../src/contract/engine.ts'
import { withContainer } from '../../../src/engine/operations/files-container.ts'
import { defaultOptions, type EngineParts } from '../../../src/engine/parts.ts'
import { anna } from '../../../src/testing/scenario.ts'
import { testClock } from '../../../src/testing/test-clock.ts'
import { refuses, toldSession } from '../../cloud/told-session.ts'
import { isProblem } from '../problems.ts'

interface Box {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** What the container says of its objects, where that is not so. */
  readonly listed?: readonly object[]
  readonly refused?: () => never
  /** The container never answers. */
  readonly hangs?: boolean
}

/** What is sent for a request to an engine whose caller has one container, `box`. */
async function whole(ask: StackRequest, { files = {}, listed, refused, hangs = false }: Box = {}) {
  const objects = Object.entries(files).map(([name, content]) => ({ name, bytes: content.length }))
  const contents = Object.entries(files).map(([name, content]) => [
    `GET /box/${encodeURIComponent(name)}`,
    ({ bytesUpTo = 0 }: Ask) => Buffer.from(content).subarray(0, bytesUpTo),
  ])
  const told = toldSession({ 'GET /box': refused ?? listed ?? objects, ...Object.fromEntries(contents) })
  const session: Session = hangs ? { ...told, request: unanswered } : told
  const clock = testClock()
  const parts = {
    access: { forCaller: () => session },
    clock,
    options: { ...defaultOptions, maxJsonBodySize: 100 },
  }
  const answer = withContainer(parts as unknown as EngineParts, anna, ask)
  answer.catch(() => {})
  return { request: await clock.until(answer), calls: told.calls() }
}

const unanswered: Session['request'] = ({ signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

const box = { filesContainer: 'box' }

describe('a request that names a container', () => {
  it('has its objects for files, but for those that it brings itself (§11)', async () => {
    const files = {
      'child.yaml': 'heat_template_version: 2021-04-16',
      'scripts/a b.sh': '#!/bin/sh',
      'x/': '',
    }
    const { request, calls } = await whole({ ...box, files: { 'child.yaml': 'mine' } }, { files })
    assert.deepEqual(request.files, { 'child.yaml': 'mine', 'scripts/a b.sh': '#!/bin/sh' })
    assert.deepEqual(calls, ['GET /box?format=json&limit=1001', 'GET /box/scripts%2Fa%20b.sh'])
  })

  it('asks nobody if it names none', async () => {
    const { request, calls } = await whole({ files: { a: 'b' } })
    assert.deepEqual([request, calls], [{ files: { a: 'b' } }, []])
  })

  it('has what is no text as base64', async () => {
    const { request } = await whole(box, { files: { logo: new Uint8Array([255, 216, 255]) } })
    assert.deepEqual(request.files, { logo: '/9j/' })
  })

  it('is refused if there is no such container, in the words of the object store', async () => {
    const refused = refuses('not-found', 'The resource could not be found.')
    const words =
      /^Could not fetch files from container box, reason: The resource could not be found\. \(test\)\.$/
    await assert.rejects(whole(box, { refused }), isProblem('NotFound', words))
    for (const filesContainer of ['..', 'a/b', '%2e%2E'])
      await assert.rejects(whole({ filesContainer }), isProblem('NotFound', /no name of a container/))
  })

  it('is refused if the token is no longer good, or the object store is away', async () => {
    await assert.rejects(whole(box, { refused: refuses('unauthorized') }), isProblem('Unauthorized'))
    await assert.rejects(whole(box, { refused: refuses('unavailable') }), isProblem('HTTPServiceUnavailable'))
  })

  it('is refused if the files are too large, whatever the container says of them', async () => {
    const files = { a: 'x'.repeat(60), b: 'x'.repeat(41) }
    const words =
      /^Permissible download limit exceeded: Total size of files to download \(101 bytes\) exceeds maximum allowed \(100 bytes\)\.$/
    await assert.rejects(whole(box, { files }), isProblem('DownloadLimitExceeded', words))
    const listed = [{ name: 'a', bytes: 0 }, { name: 'b' }]
    await assert.rejects(whole(box, { files, listed }), isProblem('DownloadLimitExceeded', words))
    const { request } = await whole({ ...box, files: { a: '' } }, { files })
    assert.deepEqual(Object.keys(request.files ?? {}).sort(), ['a', 'b'])
  })

  it('is refused if there are too many files', async () => {
    const listed = Array.from({ length: 1001 }, (_, i) => ({ name: `f${i}`, bytes: 0 }))
    await assert.rejects(whole(box, { listed }), isProblem('DownloadLimitExceeded', /1000 files/))
  })

  it('is refused if fetching takes too long', async () => {
    await assert.rejects(whole(box, { hangs: true }), isProblem('NotFound', /it took too long/))
  })
})

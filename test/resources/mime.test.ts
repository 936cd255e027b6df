import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { multipart, partsOf } from '../../src/resources/mime.ts'

const part = { subtype: 'x-shellscript', filename: 'run.sh', content: '#!/bin/sh\n' }

describe('a message of several parts', () => {
  it('is the same for the same parts', () => {
    assert.equal(multipart([part]), multipart([part]))
    assert.notEqual(multipart([part]), multipart([{ ...part, content: 'other' }]))
  })

  it('has each part between its boundaries, with its type and its name', () => {
    const text = multipart([part, { ...part, content: 'ä'.repeat(60) }])
    const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? ''
    assert.match(text, /^Content-Type: multipart\/mixed; boundary=.*\nMIME-Version: 1\.0\n\n--/)
    assert.ok(text.endsWith(`--${boundary}--\n`))
    const [first = '', second = ''] = partsOf(text) ?? []
    assert.match(first, /^Content-Type: text\/x-shellscript; charset="us-ascii"\n/)
    assert.match(first, /Content-Disposition: attachment; filename="run\.sh"\n\n#!\/bin\/sh\n$/)
    assert.match(second, /charset="utf-8"\n[\s\S]*Content-Transfer-Encoding: base64\n/)
    const body = second.split('\n\n')[1] ?? ''
    assert.equal(Buffer.from(body, 'base64').toString(), 'ä'.repeat(60))
    assert.ok(body.split('\n').every((line) => line.length <= 76))
  })

  it('gives its parts back to be put into another', () => {
    const parts = partsOf(multipart([part, part])) ?? []
    assert.deepEqual(partsOf(multipart(parts)), parts)
  })

  it('is not any text', () => {
    assert.equal(partsOf('#!/bin/sh\necho Content-Type: multipart/mixed'), undefined)
    assert.equal(partsOf(''), undefined)
  })
})

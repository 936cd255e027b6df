import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import type { Connection } from '../../src/client/connection.ts'
import { newSignalUrl } from '../../src/client/signal-url.ts'

/** A store whose account has a key, or gets one. */
function store(key: string | undefined) {
  const asked: string[] = []
  let known = key
  const connection = {
    service: (type: string) => ({
      endpoint: `http://${type}:8080/v1/AUTH_p`,
      async send(method: string, path: string, headers: Readonly<Record<string, string>> = {}) {
        asked.push(`${method} ${path}`)
        known = headers['x-account-meta-temp-url-key'] ?? known
        const said = new Headers(known === undefined ? {} : { 'x-account-meta-temp-url-key': known })
        return { status: 200, headers: said, body: null }
      },
    }),
  }
  return { connection: connection as unknown as Connection, asked, key: () => known ?? '' }
}

const options = { container: 'a b', minutes: 2, now: 10_000 }

test('an address to write a signal at is signed with the key of the account', async () => {
  const { connection, asked } = store('secret')
  const url = new URL(await newSignalUrl(connection, options))
  const [, , , , object = ''] = url.pathname.split('/')
  assert.deepEqual(asked, ['PUT /a%20b', 'HEAD ', `PUT /a%20b/${object}`])
  assert.equal(url.pathname, `/v1/AUTH_p/a%20b/${object}`)
  const signature = createHmac('sha256', 'secret').update(`PUT\n130\n/v1/AUTH_p/a b/${object}`).digest('hex')
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    temp_url_sig: signature,
    temp_url_expires: '130',
  })
})

test('an account without a key gets one', async () => {
  const { connection, asked, key } = store(undefined)
  const url = new URL(await newSignalUrl(connection, options))
  assert.deepEqual(
    asked.slice(1, 4).map((line) => line.split(' ')[0]),
    ['HEAD', 'POST', 'HEAD'],
  )
  const path = decodeURIComponent(url.pathname)
  const signature = createHmac('sha256', key()).update(`PUT\n130\n${path}`).digest('hex')
  assert.equal(url.searchParams.get('temp_url_sig'), signature)
})

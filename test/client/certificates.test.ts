import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { getCACertificates, type PeerCertificate, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { fetchWithCertificate, useCertificates } from '../../src/client/index.ts'

/** A certificate that signs itself, with its key in the same file. */
const pair = new URL('test-certificate.pem', import.meta.url).pathname

test('a file that is not there is told', async () => {
  await assert.rejects(useCertificates({ caFile: '/nowhere/ca.pem' }), { code: 'ENOENT' })
  await assert.rejects(fetchWithCertificate({ certFile: '/nowhere/me.pem' }), { code: 'ENOENT' })
})

test('with nothing to say nothing changes', async () => {
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
  await useCertificates({})
  assert.equal(process.env.NODE_TLS_REJECT_UNAUTHORIZED, before)
})

test('a certificate of our own is shown to a service that asks for one, whose authority a file says', async (t) => {
  const pem = readFileSync(pair, 'utf8')
  const server = createServer(
    { cert: pem, key: pem, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const peer: PeerCertificate = (request.socket as TLSSocket).getPeerCertificate()
      response.end(JSON.stringify({ method: request.method, name: peer.subject?.CN }))
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const trusted = getCACertificates('default')
  t.after(() => {
    setDefaultCACertificates(trusted)
    server.close().closeAllConnections()
  })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await useCertificates({ caFile: pair })
  const send = await fetchWithCertificate({ certFile: pair })
  assert.deepEqual(await (await send(url, { method: 'PUT', body: '{}' })).json(), {
    method: 'PUT',
    name: 'test',
  })
  assert.deepEqual(await (await fetch(url)).json(), { method: 'GET' })
})

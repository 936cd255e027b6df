import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { fetchTemplate } from '../../src/api/template-url.ts'

const limits = { maxSize: 1000, timeoutMs: 30_000 }

async function withServer(answer: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/t.yaml`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const refused = (message: RegExp) => ({ code: 'HTTPBadRequest', message })

test('a template is fetched as the text that it is', async () => {
  await withServer(
    (_request, response) => response.end('heat_template_version: rocky\n'),
    async (url) => assert.equal(await fetchTemplate(url, limits), 'heat_template_version: rocky\n'),
  )
})

test('only http and https are followed', async () => {
  for (const url of ['file:///etc/passwd', 'ftp://h/x', 'data:text/plain,x', 'gopher://h']) {
    await assert.rejects(
      fetchTemplate(url, limits),
      refused(/^Could not retrieve template: Invalid URL scheme/),
    )
  }
  for (const url of ['', 'nonsense', 5, null, {}]) {
    await assert.rejects(fetchTemplate(url, limits), refused(/^Could not retrieve template: Invalid URL/))
  }
})

test('a server that refuses is no template', async () => {
  await withServer(
    (_request, response) => response.writeHead(404).end('gone'),
    async (url) =>
      assert.rejects(fetchTemplate(url, limits), refused(/Failed to retrieve template from http/)),
  )
})

test('nobody there is no template', async () => {
  await assert.rejects(fetchTemplate('http://127.0.0.1:1/', limits), refused(/Failed to retrieve template/))
})

test('an endless template is cut off at the limit', async () => {
  await withServer(
    (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(500)));
      }
      response.on('drain', more)
      more()
    },
    async (url) =>
      assert.rejects(fetchTemplate(url, limits), refused(/exceeds maximum allowed size \(1000 bytes\)$/)),
  )
})

test('a server that does not answer is given up', async () => {
  await withServer(
    () => {},
    async (url) =>
      assert.rejects(fetchTemplate(url, { ...limits, timeoutMs: 20 }), refused(/Failed to retrieve/)),
  )
})

test('a redirect to another kind of address is not followed', async () => {
  await withServer(
    (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    async (url) => assert.rejects(fetchTemplate(url, limits), refused(/Failed to retrieve/)),
  )
})

import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { fetchTemplate } from '../../src/api/template-url.ts'

const reachable = { schemes: [], hosts: [], privateHosts: ['127.0.0.1', 'localhost'] }
const limits = { maxSize: 1000, timeoutMs: 30_000, reachable }

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

test('where an address leads is looked at as it was, and never without end', async () => {
  const asked: (string | undefined)[] = []
  const redirecting: RequestListener = ({ url, headers }, response) => {
    asked.push(url)
    const port = headers.host?.split(':')[1]
    const [, step = ''] = /step=(\w+)/.exec(url ?? '') ?? []
    const location: Readonly<Record<string, string>> = {
      relative: '/t.yaml?step=end',
      inside: `http://127.0.0.2:${port}/`,
      metadata: 'http://169.254.169.254/latest/meta-data',
      round: '/t.yaml?step=round',
    }
    if (step === 'end') response.end('found')
    else response.writeHead(302, { location: location[step] ?? '' }).end()
  }
  await withServer(redirecting, async (url) => {
    assert.equal(await fetchTemplate(`${url}?step=relative`, limits), 'found')
    for (const step of ['inside', 'metadata'])
      await assert.rejects(
        fetchTemplate(`${url}?step=${step}`, limits),
        refused(/is not a public address, and the operator of this service has not allowed it/),
      )
    asked.length = 0
    await assert.rejects(fetchTemplate(`${url}?step=round`, limits), refused(/without end$/))
    assert.equal(asked.length, 6)
  })
})

test('what is not public is not asked, however it is written', async () => {
  let asked = 0
  const count: RequestListener = (_request, response) => {
    asked++
    response.end('inside')
  }
  await withServer(count, async (url) => {
    const { port } = new URL(url)
    const nothing = { ...limits, reachable: { schemes: [], hosts: [], privateHosts: [] } }
    const hosts = [
      ...[
        '127.0.0.1',
        'localhost',
        'LOCALHOST',
        '127.1',
        '2130706433',
        '0x7f000001',
        '0177.0.0.1',
        '0',
        '127.255.0.9',
      ],
      ...[
        '[::1]',
        '[::]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[0:0:0:0:0:ffff:7f00:0001]',
        '[::127.0.0.1]',
      ],
      ...[
        '[64:ff9b::7f00:1]',
        '[2002:7f00:1::]',
        '[fe80::1]',
        '[fd00::1]',
        '10.0.0.1',
        '172.31.255.255',
        '192.168.1.1',
      ],
      ...[
        '169.254.169.254',
        '[fd00:ec2::254]',
        '100.64.0.1',
        '0.0.0.0',
        '255.255.255.255',
        '224.0.0.1',
        '\u2460\u2461\u2466.0.0.1',
      ],
    ]
    for (const host of hosts) {
      if (host.includes('\u2460') && URL.parse(`http://${host}/`)?.hostname !== '127.0.0.1') continue
      await assert.rejects(
        fetchTemplate(`http://${host}:${port}/`, nothing),
        refused(/is not a public address, and the operator of this service has not allowed it/),
        host,
      )
    }
    assert.equal(asked, 0)
    assert.equal(await fetchTemplate(`http://u:p@127.0.0.1:${port}/`, limits), 'inside')
    const network = { ...nothing, reachable: { ...nothing.reachable, privateHosts: ['127.0.0.0/8'] } }
    assert.equal(await fetchTemplate(`http://localhost:${port}/`, network), 'inside')
    const all = { ...nothing, reachable: { ...nothing.reachable, privateHosts: ['*'] } }
    assert.equal(await fetchTemplate(`http://localhost:${port}/`, all), 'inside')
  })
})

test('a site may name the hosts and the schemes', async () => {
  await withServer(
    (_request, response) => response.end('x'),
    async (url) => {
      const among = (hosts: readonly string[], schemes: readonly string[] = []) =>
        fetchTemplate(url, { ...limits, reachable: { ...reachable, hosts, schemes } })
      assert.equal(await among(['127.0.0.1']), 'x')
      await assert.rejects(among(['*.example.org']), refused(/127\.0\.0\.1 is not among the hosts/))
      await assert.rejects(among([], ['https']), refused(/Invalid URL scheme http$/))
    },
  )
})

test('a password in an address is not told again', async () => {
  await assert.rejects(fetchTemplate('http://user:s3cret@127.0.0.1:1/', limits), (error: Error) => {
    assert.doesNotMatch(error.message, /s3cret|user/)
    return true
  })
})

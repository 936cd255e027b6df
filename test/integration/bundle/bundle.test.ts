import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { isMap, type JsonMap } from '../../../src/base/json.ts'
import { readSource } from '../../../src/template/index.ts'
import { installed } from '../../../tools/services.ts'
import { directoryWith, run } from '../../cli/fakes.ts'
import { refused, type Tree, trees } from './trees.ts'

const missing =
  !installed.heatclient() && 'python3-heatclient is not installed: node tools/services.ts install'

test('hearth sends what python-heatclient sends', { skip: missing, timeout: 120_000 }, async (t) => {
  const { cases, stop } = await prepared(t, trees)
  t.after(stop)
  const theirs = await sentByHeatclient(cases)
  for (const [i, one] of cases.entries()) {
    const { body } = theirs[i] ?? {}
    assert.ok(body, `${one.name}: python-heatclient sends something: ${JSON.stringify(theirs[i])}`)
    const ours = await sentByHearth(one)
    assert.ok(ours, one.name)
    assert.deepEqual(meaning(named(ours)), meaning(body), one.name)
  }
})

test('hearth refuses what python-heatclient refuses', { skip: missing, timeout: 120_000 }, async (t) => {
  const { cases, stop } = await prepared(t, refused)
  t.after(stop)
  const theirs = await sentByHeatclient(cases)
  for (const [i, one] of cases.entries()) {
    assert.equal(theirs[i]?.body, undefined, one.name)
    assert.equal(await sentByHearth(one), undefined, one.name)
  }
})

interface Case extends Tree {
  readonly name: string
  readonly directory: string
}

/** Writes the files of each tree into a directory of its own, and serves them all over HTTP. */
async function prepared(t: TestContext, all: Readonly<Record<string, Tree>>) {
  const root = directoryWith(t, {})
  const server = createServer((request, response) => {
    try {
      response.end(readFileSync(join(root, decodeURIComponent(request.url ?? ''))))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cases = Object.entries(all).map(([name, { files, args }], i): Case => {
    const directory = join(root, String(i))
    mkdirSync(directory)
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, file)), { recursive: true })
      const text = typeof content === 'string' ? content.replaceAll('BASE', `file://${directory}`) : content
      writeFileSync(join(directory, file), text)
    }
    return {
      name,
      directory,
      files,
      args: args.map((word) => word.replace('URL', `http://127.0.0.1:${port}/${i}`)),
    }
  })
  return { cases, stop: () => void server.close().closeAllConnections() }
}

interface Answer {
  readonly body?: JsonMap
}

/** What Debian's python-heatclient makes of them all, in one process. */
async function sentByHeatclient(cases: readonly Case[]): Promise<readonly Answer[]> {
  const script = new URL('bodies.py', import.meta.url).pathname
  const python = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  python.stdin.end(JSON.stringify(cases.map(({ directory, args }) => ({ directory, args }))))
  return JSON.parse(await text(python.stdout)) as readonly Answer[]
}

/** What `hearth stack create` sends; `undefined` if it refuses to. */
async function sentByHearth({ directory, args }: Case): Promise<JsonMap | undefined> {
  let sent: JsonMap | undefined
  const createStack = async (body: object): Promise<never> => {
    sent = JSON.parse(JSON.stringify(body))
    throw new Error('that was it')
  }
  await run(['stack', 'create', ...args], { createStack }, { directory })
  return sent
}

/** The same with the names of files as people write them: here they are URLs in which a space is `%20`. */
const named = (body: JsonMap): JsonMap =>
  JSON.parse(JSON.stringify(body).replaceAll(/file:[^"\\]*/g, (url) => decodeURI(url)))

/** What a service reads in a request: texts of templates and environments as data, each list of words in one form. */
function meaning({ template, files, environment: _passedOver, tags, ...rest }: JsonMap): object {
  return {
    ...rest,
    ...(tags !== undefined && { tags: String(tags) }),
    template: dataIn(template),
    files: Object.fromEntries(
      Object.entries(isMap(files) ? files : {}).map(([name, one]) => [name, dataIn(one)]),
    ),
  }
}

/** The map in a text, or the text as it is. */
function dataIn(source: unknown): unknown {
  if (typeof source !== 'string') return source
  const { value } = readSource(source, { what: 'environment', maxSize: 1_000_000 })
  return value?.data ?? source
}

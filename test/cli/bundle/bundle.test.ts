import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type BundleRequest, collectBundle, rootSource } from '../../../src/cli/bundle/bundle.ts'
import { readAnything } from '../../../src/cli/bundle/read.ts'
import { directoryWith } from '../fakes.ts'

const collect = (directory: string, request: Partial<BundleRequest>) =>
  collectBundle({
    environments: [],
    directory,
    read: readAnything,
    readStdin: async () => new Uint8Array(),
    ...request,
  })

const urlIn = (directory: string) => (name: string) => pathToFileURL(join(directory, name)).href

test('files are sent by their URL, each sought beside the template that names it', async (t) => {
  const directory = directoryWith(t, {
    'app.yaml': `heat_template_version: 2018-08-31
resources:
  one:
    type: sub/nested.yaml
  two:
    type: OS::Nova::Server
    properties: {user_data: {get_file: init.sh}} # the outer one
`,
    'init.sh': 'outer',
    'sub/nested.yaml': `heat_template_version: 2018-08-31
resources:
  inner: {type: OS::Nova::Server, properties: {user_data: {get_file: init.sh}}}
`,
    'sub/init.sh': 'inner',
  })
  const url = urlIn(directory)
  const { template, files, problems } = await collect(directory, { template: 'app.yaml' })
  assert.deepEqual(problems, [])
  assert.equal(
    template,
    `heat_template_version: 2018-08-31
resources:
  one:
    type: "${url('sub/nested.yaml')}"
  two:
    type: OS::Nova::Server
    properties: {user_data: {get_file: "${url('init.sh')}"}} # the outer one
`,
  )
  assert.deepEqual(files, {
    [url('init.sh')]: 'outer',
    [url('sub/init.sh')]: 'inner',
    [url('sub/nested.yaml')]: `heat_template_version: 2018-08-31
resources:
  inner: {type: OS::Nova::Server, properties: {user_data: {get_file: "${url('sub/init.sh')}"}}}
`,
  })
})

test('templates that name each other are each sent once', async (t) => {
  const directory = directoryWith(t, {
    'a.yaml': 'heat_template_version: 2018-08-31\nresources: {b: {type: b.yaml}}\n',
    'b.yaml': 'heat_template_version: 2018-08-31\nresources: {a: {type: a.yaml}, self: {type: b.yaml}}\n',
  })
  const { files } = await collect(directory, { template: 'a.yaml' })
  const url = urlIn(directory)
  assert.deepEqual(Object.keys(files).toSorted(), [url('a.yaml'), url('b.yaml')])
  assert.match(files[url('b.yaml')] ?? '', /self: \{type: "file:.*b\.yaml"\}/)
})

test('names are found in JSON, behind quotes, aliases and in blocks, and lines keep their numbers', async (t) => {
  const directory = directoryWith(t, {
    'app.json': '{"heat_template_version": "2018-08-31", "outputs": {"x": {"value": {"get_file": "a.txt"}}}}',
    'app.yaml': `heat_template_version: 2018-08-31
outputs:
  one: {value: {get_file: &name 'a.txt'}}
  two: {value: {get_file: *name}}
  three:
    value:
      get_file: >- # one line > two
        a.txt
  four: {value: 4}
`,
    'a.txt': 'A',
  })
  const file = urlIn(directory)('a.txt')
  const json = await collect(directory, { template: 'app.json' })
  assert.equal(JSON.parse(json.template ?? '').outputs.x.value.get_file, file)
  const yaml = await collect(directory, { template: 'app.yaml' })
  assert.equal(
    yaml.template,
    `heat_template_version: 2018-08-31
outputs:
  one: {value: {get_file: &name "${file}"}}
  two: {value: {get_file: "${file}"}}
  three:
    value:
      get_file: "${file}"

  four: {value: 4}
`,
  )
})

test('only texts name files: functions, numbers and types of other kinds are left as they are', async (t) => {
  const text = `heat_template_version: 2018-08-31
resources:
  a: {type: OS::Heat::Value, properties: {value: {get_file: {get_param: name}}, type: json}}
  b: {type: OS::Heat::Value, properties: {value: {get_file: 12}}}
`
  const directory = directoryWith(t, { 'app.yaml': text })
  const { template, files } = await collect(directory, { template: 'app.yaml' })
  assert.equal(template, text)
  assert.deepEqual(files, {})
})

test('bytes that are no text are sent as base64', async (t) => {
  const directory = directoryWith(t, {
    'app.yaml': 'heat_template_version: 2018-08-31\noutputs: {x: {value: {get_file: image.bin}}}\n',
    'image.bin': new Uint8Array([0xff, 0xfe, 0x00, 0x01]),
  })
  const { files } = await collect(directory, { template: 'app.yaml' })
  assert.deepEqual(Object.values(files), ['//4AAQ==\n'])
})

test('names with spaces, hashes and question marks are names of files', async (t) => {
  const directory = directoryWith(t, {
    'app.yaml': 'heat_template_version: 2018-08-31\noutputs: {x: {value: {get_file: "my #1 file?.txt"}}}\n',
    'my #1 file?.txt': 'found',
  })
  const { files, problems } = await collect(directory, { template: 'app.yaml' })
  assert.deepEqual([Object.values(files), problems], [['found'], []])
})

test('every file that can not be read is a problem at the place that names it', async (t) => {
  const directory = directoryWith(t, {
    'app.yaml':
      'heat_template_version: 2018-08-31\nresources:\n  a: {type: sub/nested.yaml}\n  b: {type: missing.yaml}\n',
    'sub/nested.yaml': 'heat_template_version: 2018-08-31\noutputs: {x: {value: {get_file: ../sub}}}\n',
  })
  const { problems } = await collect(directory, { template: 'app.yaml' })
  assert.deepEqual(problems, [
    {
      code: 'FileUnreadable',
      message: 'Cannot read sub, which get_file names: it is a directory',
      path: [],
      file: urlIn(directory)('sub/nested.yaml'),
      line: 2,
      column: 33,
    },
    {
      code: 'FileUnreadable',
      message: 'Cannot read missing.yaml, which type names: there is no such file',
      path: [],
      line: 4,
      column: 13,
    },
  ])
})

test('a template or an environment that is not there ends it at once', async (t) => {
  const directory = directoryWith(t, { 'app.yaml': 'heat_template_version: 2018-08-31\n' })
  await assert.rejects(collect(directory, { template: 'nope.yaml' }), {
    message: 'Cannot read nope.yaml: there is no such file',
  })
  await assert.rejects(collect(directory, { template: 'app.yaml', environments: ['no-env.yaml'] }), {
    message: 'Cannot read no-env.yaml: there is no such file',
  })
})

test('the registry of an environment names templates, beside it or where base_url says', async (t) => {
  const nested = 'heat_template_version: 2018-08-31\n'
  const directory = directoryWith(t, {
    'app.yaml': nested,
    'env/prod.yaml': `parameters: {size: 3}
resource_registry:
  My::Server: server.yaml
  Alias::Of: OS::Nova::Server
  Gone::Type: null
  resources:
    special:
      base_url: ../other
      My::Server: server.yaml
      hooks: pre-create
    plain:
      My::Server: deep/server.yaml
`,
    'env/server.yaml': `${nested}# beside`,
    'env/deep/server.yaml': `${nested}# deep`,
    'other/server.yaml': `${nested}# other`,
  })
  const url = urlIn(directory)
  const { files, environmentFiles, problems } = await collect(directory, {
    template: 'app.yaml',
    environments: ['env/prod.yaml'],
  })
  assert.deepEqual(problems, [])
  assert.deepEqual(environmentFiles, [url('env/prod.yaml')])
  assert.equal(
    files[url('env/prod.yaml')],
    `parameters: {size: 3}
resource_registry:
  My::Server: "${url('env/server.yaml')}"
  Alias::Of: OS::Nova::Server
  Gone::Type: null
  resources:
    special:
      base_url: ../other
      My::Server: "${url('other/server.yaml')}"
      hooks: pre-create
    plain:
      My::Server: "${url('env/deep/server.yaml')}"
`,
  )
  assert.equal(files[url('other/server.yaml')], `${nested}# other`)
})

test('environments keep their order, for the last counts most', async (t) => {
  const directory = directoryWith(t, { 'b.yaml': 'parameters: {x: 1}\n', 'a.yaml': 'parameters: {x: 2}\n' })
  const { template, environmentFiles } = await collect(directory, { environments: ['b.yaml', 'a.yaml'] })
  assert.equal(template, undefined)
  assert.deepEqual(environmentFiles, [urlIn(directory)('b.yaml'), urlIn(directory)('a.yaml')])
})

test('a template from the input names files of the present directory', async (t) => {
  const directory = directoryWith(t, { 'a.txt': 'A' })
  const text = 'heat_template_version: 2018-08-31\noutputs: {x: {value: {get_file: a.txt}}}\n'
  const { files, sources } = await collect(directory, {
    template: '-',
    readStdin: async () => new TextEncoder().encode(text),
  })
  assert.deepEqual(files, { [urlIn(directory)('a.txt')]: 'A' })
  assert.equal(sources.get(rootSource)?.name, '<stdin>')
})

test('a template behind a URL names files beside it, and what the server refuses is told', async (t) => {
  const server = createServer((request, reply) => {
    if (request.url === '/t/app.yaml')
      reply.end('heat_template_version: 2018-08-31\nresources: {a: {type: in.yaml}, b: {type: no.yaml}}\n')
    else if (request.url === '/t/in.yaml') reply.end('heat_template_version: 2018-08-31\n')
    else reply.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/t`
  const { files, problems } = await collect('/', { template: `${base}/app.yaml` })
  assert.deepEqual(Object.keys(files), [`${base}/in.yaml`])
  assert.deepEqual(
    problems.map(({ message }) => message),
    [`Cannot read ${base}/no.yaml, which type names: the server answered 404 Not Found`],
  )
})

test('a text that is no YAML is sent as it is, for others to judge', async (t) => {
  const directory = directoryWith(t, { 'app.yaml': 'a: [b\nget_file: x', 'empty.yaml': '' })
  assert.equal((await collect(directory, { template: 'app.yaml' })).template, 'a: [b\nget_file: x')
  assert.equal((await collect(directory, { template: 'empty.yaml' })).template, '')
})

test('aliases that would unfold to billions of nodes cost nothing', async (t) => {
  const bomb = [
    'a0: &a0 [x, x]',
    ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ].join('\n')
  const directory = directoryWith(t, { 'app.yaml': `heat_template_version: 2018-08-31\n${bomb}\n` })
  assert.deepEqual((await collect(directory, { template: 'app.yaml' })).files, {})
})

test('bytes that are no text are told of where they stand, and are taken as they are where a file may be anything', async (t) => {
  const latin = new Uint8Array([...Buffer.from('heat_template_version: 2021-04-16\n# f'), 0xfc, 0x72])
  const directory = directoryWith(t, {
    'app.yaml': `heat_template_version: 2018-08-31
resources:
  one: {type: latin.yaml}
outputs: {image: {value: {get_file: latin.yaml.bin}}}
`,
  })
  const read = async (url: string) => (url.includes('latin') ? latin : await readAnything(url))
  await assert.rejects(collect(directory, { template: 'latin.yaml', read }), {
    message: 'Cannot read latin.yaml: it is not text in UTF-8: see line 2, column 4',
  })
  const { problems, files } = await collect(directory, { template: 'app.yaml', read })
  assert.deepEqual(
    problems.map(({ message, line }) => [message, line]),
    [['Cannot read latin.yaml, which type names: it is not text in UTF-8: see line 2, column 4', 3]],
  )
  assert.deepEqual(Object.values(files), [`${Buffer.from(latin).toString('base64')}\n`])
})

/** Files, and a command line beside them, that two clients are to make the same request of. */
export interface Tree {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** What stands behind `stack create`; `URL` in it is where the files are served over HTTP. */
  readonly args: readonly string[]
}

const hot = 'heat_template_version: 2021-04-16\n'
const plain = `${hot}resources:\n  a: { type: OS::Heat::None }\n`

const nested = {
  'web.yaml': `${hot}resources:
  one: { type: parts/one.yaml, properties: { script: { get_file: run.sh } } }
  again: { type: ./parts/../parts/one.yaml }
  group:
    type: OS::Heat::ResourceGroup
    properties: { resource_def: { type: parts/deep/two.template } }
`,
  'run.sh': '#!/bin/sh\necho root\n',
  'parts/one.yaml': `${hot}resources:\n  x: { type: deep/two.template, properties: { s: { get_file: ../run.sh } } }\n`,
  'parts/deep/two.template': `${hot}resources:\n  y: { type: OS::Heat::Value, properties: { value: { get_file: run.sh } } }\n`,
  'parts/deep/run.sh': 'echo deep\n',
}

/** Each under what it is about. */
export const trees: Readonly<Record<string, Tree>> = {
  'a template by itself': { files: { 'a.yaml': plain }, args: ['n', '-t', 'a.yaml'] },
  'dates, numbers and truth values': {
    files: {
      'a.yaml': `${hot}parameters:
  p: { type: string, default: 2024-02-03 }
resources:
  a:
    type: OS::Heat::Value
    properties: { value: { day: 2013-05-23, at: 2001-12-14t21:59:43Z, n: 007, f: 1.50, yes: yes, nothing: ~, big: 1_000, hex: 0x1f, t: "12:30" } }
`,
    },
    args: ['n', '-t', 'a.yaml'],
  },
  'templates in JSON': {
    files: {
      'a.json': '{"heat_template_version": "2021-04-16", "resources": {"a": {"type": "b.template"}}}',
      'b.template':
        '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"B": {"Type": "OS::Heat::None"}}}',
    },
    args: ['n', '-t', 'a.json'],
  },
  'templates and files in each other, by directory': { files: nested, args: ['n', '-t', 'web.yaml'] },
  'the same from elsewhere': {
    files: Object.fromEntries(Object.entries(nested).map(([name, text]) => [`tree/${name}`, text])),
    args: ['n', '-t', 'tree/web.yaml'],
  },
  'the same over HTTP': { files: nested, args: ['n', '-t', 'URL/web.yaml'] },
  'a file that is not text': {
    files: {
      'a.yaml': `${hot}resources:\n  a: { type: OS::Heat::Value, properties: { value: { get_file: data.bin } } }\n`,
      'data.bin': new Uint8Array([0xff, 0xfe, 0x00, 0x41]),
    },
    args: ['n', '-t', 'a.yaml'],
  },
  'keys that only look like files, and those that do not look so': {
    files: {
      'a.yaml': `${hot}parameters:
  kind: { type: string, default: x.yaml }
resources:
  a:
    type: OS::Heat::Value
    properties: { value: { type: inner.yaml, other: { get_file: [1, 2] }, type2: missing.yaml, get_file2: no } }
  b: { type: "OS::Heat::Value", properties: { value: [{ get_file: f }, { type: not-a-file }] } }
`,
      'inner.yaml': 'just: data\n',
      f: 'content\n',
    },
    args: ['n', '-t', 'a.yaml'],
  },
  'one file named from several places': {
    files: {
      'a.yaml': `${hot}resources:
  a: { type: OS::Heat::Value, properties: { value: { get_file: f } } }
  b: { type: OS::Heat::Value, properties: { value: { get_file: ./f } } }
  c: &c { type: b.yaml }
  d: *c
`,
      'b.yaml': `${hot}resources:\n  x: { type: OS::Heat::Value, properties: { value: { get_file: f } } }\n`,
      f: 'once\n',
    },
    args: ['n', '-t', 'a.yaml'],
  },
  'names with spaces and letters of other scripts': {
    files: {
      'a.yaml': `${hot}resources:\n  a: { type: OS::Heat::Value, properties: { value: { get_file: "sub dir/größe.txt" } } }\n`,
      'sub dir/größe.txt': 'groß\n',
    },
    args: ['n', '-t', 'a.yaml'],
  },
  'an environment with types of its own': {
    files: {
      'a.yaml': `${hot}resources:\n  a: { type: My::Thing }\n`,
      'env/e.yaml': `parameters: { size: 3, day: 2020-01-01 }
parameter_defaults: { zone: nova }
resource_registry:
  My::Thing: thing.yaml
  Other::Thing: OS::Heat::None
  resources:
    a: { My::Thing: ../special.yaml, hooks: pre-create }
    b: { restricted_actions: [replace] }
`,
      'env/thing.yaml': plain,
      'special.yaml': `${hot}resources:\n  a: { type: env/thing.yaml }\n`,
    },
    args: ['n', '-t', 'a.yaml', '-e', 'env/e.yaml'],
  },
  'a base URL in an environment, and another one for a resource': {
    files: {
      'a.yaml': plain,
      'e.yaml': `resource_registry:
  base_url: BASE/types
  My::A: a.yaml
  resources:
    x: { base_url: BASE/more/, "My::B": b.yaml }
`,
      'types/a.yaml': plain,
      'more/b.yaml': plain,
    },
    args: ['n', '-t', 'a.yaml', '-e', 'e.yaml'],
  },
  'environments over one another': {
    files: {
      'a.yaml': plain,
      '1.yaml': 'parameters: { a: 1, b: { x: 1 } }\nresource_registry: { "My::A": OS::Heat::None }\n',
      '2.yaml': 'parameters: { b: { y: 2 } }\nresource_registry:\n',
      '3.yaml': 'parameter_defaults: { c: 2000-01-01 }\nevent_sinks: []\nencrypted_param_names: []\n',
    },
    args: ['n', '-t', 'a.yaml', '-e', '1.yaml', '-e', '2.yaml', '-e', '3.yaml'],
  },
  'an empty environment': {
    files: { 'a.yaml': plain, 'e.yaml': '' },
    args: ['n', '-t', 'a.yaml', '-e', 'e.yaml'],
  },
  'parameters in each form': {
    files: { 'a.yaml': plain, key: 'content of a file\n', 'sub/b.yaml': plain },
    args: [
      'n',
      '-t',
      'a.yaml',
      '--parameter',
      'a=1',
      '--parameter',
      'b=x=y',
      '--parameter',
      'a=2',
      '--parameter-file',
      'k=key',
    ],
  },
  'several parameters in one': {
    files: { 'a.yaml': plain },
    args: ['n', '-t', 'a.yaml', '--parameter', 'a=1;b=2;c='],
  },
  'a parameter file beside the template': {
    files: { 'sub/a.yaml': plain, 'sub/key': 'beside\n', key: 'here\n' },
    args: ['n', '-t', 'sub/a.yaml', '--parameter-file', 'k=key'],
  },
  'everything else that a request says': {
    files: { 'a.yaml': plain },
    args: ['n', '-t', 'a.yaml', '--tags', 'a,b', '--timeout', '7', '--enable-rollback'],
  },
  'a container of the object store': {
    files: { 'a.yaml': `${hot}resources:\n  a: { type: not-read.yaml }\n` },
    args: ['n', '-t', 'a.yaml', '-e', 'e.yaml', '-s', 'box'],
  },
}

/** What both refuse to send. */
export const refused: Readonly<Record<string, Tree>> = {
  'a template that is not there': { files: {}, args: ['n', '-t', 'a.yaml'] },
  'a file that is not there': {
    files: { 'a.yaml': `${hot}resources:\n  a: { type: b.yaml }\n` },
    args: ['n', '-t', 'a.yaml'],
  },
  'a parameter without a value': {
    files: { 'a.yaml': plain },
    args: ['n', '-t', 'a.yaml', '--parameter', 'a'],
  },
}

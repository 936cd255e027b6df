import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Look, NoSuchColumn, type Output, render } from '../../../src/cli/render/output.ts'

const plain: Look = {
  format: 'table',
  columns: [],
  indent: true,
  quote: 'nonnumeric',
  prefix: '',
  sortColumns: [],
  descending: false,
}

const rows: Output = {
  shows: 'list',
  columns: ['ID', 'Name', 'Count'],
  rows: [
    ['a', null, 1],
    ['bbbb', 'two\nlines', 22],
    ['日本', true, 7],
  ],
}

const one: Output = {
  shows: 'one',
  fields: [
    ['id', '5f7b6c1e-1111-4222-8333-123456789abc'],
    ['stack name', 'say "hi"'],
    ['updated', null],
    ['links', [{ rel: 'self', href: 'http://x' }]],
  ],
}

test('a list is drawn as OpenStackClient draws it: numbers to the right, wide characters counted twice', () => {
  assert.equal(
    render(rows, plain),
    `+------+-------+-------+
| ID   | Name  | Count |
+------+-------+-------+
| a    | None  |     1 |
| bbbb | two   |    22 |
|      | lines |       |
| 日本 | True  |     7 |
+------+-------+-------+
`,
  )
})

test('a list without rows is an empty line, or a head if that is wanted', () => {
  const empty: Output = { shows: 'list', columns: ['ID'], rows: [] }
  assert.equal(render(empty, plain), '\n')
  assert.equal(render(empty, { ...plain, printEmpty: true }), '+----+\n| ID |\n+----+\n+----+\n')
})

test('one object is a table of fields and values, with YAML where a value has parts', () => {
  assert.equal(
    render(one, plain),
    `+------------+--------------------------------------+
| Field      | Value                                |
+------------+--------------------------------------+
| id         | 5f7b6c1e-1111-4222-8333-123456789abc |
| stack name | say "hi"                             |
| updated    | None                                 |
| links      | - href: http://x                     |
|            |   rel: self                          |
+------------+--------------------------------------+
`,
  )
})

test('a table that is too wide is wrapped at spaces and hyphens, and words longer than a line anywhere', () => {
  const output: Output = {
    shows: 'one',
    fields: [
      ['id', '5f7b6c1e-1111-4222-8333-123456789abc'],
      ['text', 'A rather long text, well-known for averyveryverylongwordwithoutanyspacesinside-it'],
    ],
  }
  assert.equal(
    render(output, { ...plain, maxWidth: 40 }),
    `+-------+------------------------------+
| Field | Value                        |
+-------+------------------------------+
| id    | 5f7b6c1e-1111-4222-8333-     |
|       | 123456789abc                 |
| text  | A rather long text, well-    |
|       | known for averyveryverylongw |
|       | ordwithoutanyspacesinside-it |
+-------+------------------------------+
`,
  )
})

test('a column is never made narrower than its head', () => {
  const output: Output = {
    shows: 'list',
    columns: ['physical_resource_id', 'n'],
    rows: [['x'.repeat(30), 1]],
  }
  assert.equal(
    render(output, { ...plain, maxWidth: 12 }),
    `+----------------------+---+
| physical_resource_id | n |
+----------------------+---+
| xxxxxxxxxxxxxxxxxxxx | 1 |
| xxxxxxxxxx           |   |
+----------------------+---+
`,
  )
})

test('what a cloud says can not steer the terminal', () => {
  const output: Output = { shows: 'one', fields: [['name', 'a\x1b[31mred\x07\tb']] }
  assert.match(render(output, plain), /\| name {2}\| a�\[31mred� {4}b \|/)
})

test('json and yaml keep the kinds of values, and yaml sorts the keys of rows', () => {
  assert.deepEqual(JSON.parse(render(rows, { ...plain, format: 'json' }))[1], {
    ID: 'bbbb',
    Name: 'two\nlines',
    Count: 22,
  })
  assert.equal(render(rows, { ...plain, format: 'json', indent: false }).split('\n').length, 2)
  assert.equal(
    render(rows, { ...plain, format: 'yaml', columns: ['Name', 'Count'] }),
    '- Count: 1\n  Name: null\n- Count: 22\n  Name: |-\n    two\n    lines\n- Count: 7\n  Name: true\n',
  )
  assert.equal(
    render(
      {
        shows: 'one',
        fields: [
          ['version', '2013-05-23'],
          ['none', {}],
        ],
      },
      { ...plain, format: 'yaml' },
    ),
    "version: '2013-05-23'\nnone: {}\n",
  )
})

test('value gives bare values, a row on a line or a field on a line', () => {
  assert.equal(
    render(rows, { ...plain, format: 'value', columns: ['ID', 'Count'] }),
    'a 1\nbbbb 22\n日本 7\n',
  )
  assert.equal(
    render(one, { ...plain, format: 'value', columns: ['updated', 'links'] }),
    'None\n[{"rel": "self", "href": "http://x"}]\n',
  )
})

test('csv quotes what is no number, unless told otherwise', () => {
  const output: Output = {
    shows: 'list',
    columns: ['ID', 'N'],
    rows: [
      ['a,"b"', null],
      [1, true],
      ['x\\y', 1.5],
    ],
  }
  const csv = (quote: Look['quote']) => render(output, { ...plain, format: 'csv', quote })
  assert.equal(csv('nonnumeric'), '"ID","N"\n"a,""b""",""\n1,True\n"x\\\\y",1.5\n')
  assert.equal(csv('all'), '"ID","N"\n"a,""b""",""\n"1","True"\n"x\\\\y","1.5"\n')
  assert.equal(csv('minimal'), 'ID,N\n"a,""b""",\n1,True\nx\\\\y,1.5\n')
  assert.equal(csv('none'), 'ID,N\na\\,\\"b\\",\n1,True\nx\\\\y,1.5\n')
})

test('shell gives variables that a shell can read, and nothing in them that it would run', () => {
  assert.equal(
    render(
      {
        shows: 'one',
        fields: [
          ['Stack name', 'say "hi" $(rm x) `y` \\'],
          ['os:id-1', null],
        ],
      },
      { ...plain, format: 'shell', prefix: 'p_' },
    ),
    'p_stack_name="say \\"hi\\" \\$(rm x) \\`y\\` \\\\"\np_os_id_1="None"\n',
  )
})

test('columns are shown in their own order, and an unknown one alone is refused', () => {
  assert.equal(
    render(rows, { ...plain, format: 'value', columns: ['Count', 'ID', 'Nonsense'] }),
    'a 1\nbbbb 22\n日本 7\n',
  )
  assert.throws(() => render(rows, { ...plain, columns: ['Nonsense'] }), NoSuchColumn)
})

test('rows are sorted by the columns named, those without a value last', () => {
  const output: Output = {
    shows: 'list',
    columns: ['a', 'b'],
    rows: [
      ['x', 2],
      [null, 0],
      ['y', 1],
      ['x', 1],
    ],
  }
  assert.equal(
    render(output, { ...plain, format: 'value', sortColumns: ['a', 'b'] }),
    'x 1\nx 2\ny 1\nNone 0\n',
  )
})

test('a large list is drawn without trouble', () => {
  const many = Array.from({ length: 130_000 }, (_, i) => [`row ${i}`, i])
  const text = render({ shows: 'list', columns: ['name', 'n'], rows: many }, plain)
  assert.equal(text.split('\n').length, 130_005)
})

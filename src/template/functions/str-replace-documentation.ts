import type { Documentation, Example } from '../documentation.ts'

const template = {
  name: 'template',
  kind: 'text',
  meaning: 'The text. Wherever one of the words stands in it, the value of the word is put in its place.',
}

const usageOf = (name: string) => `${name}:
  template: TEXT
  params: { WORD: VALUE }`

const where = { attributes: { server: { first_address: '192.0.2.7' } } }

const ordinary = (name: string): Example => ({
  call: `${name}:
  template: http://$host:$port/
  params:
    $host: { get_attr: [server, first_address] }
    $port: 8080`,
  where,
  gives: 'http://192.0.2.7:8080/',
})

const order: readonly Example[] = [
  {
    shows: 'A longer word is looked for first',
    call: 'str_replace: { template: host hostname, params: { host: A, hostname: B } }',
    gives: 'A B',
  },
  {
    shows: 'What was put in is not searched again',
    call: 'str_replace: { template: one two, params: { one: two, two: three } }',
    gives: 'two three',
  },
  {
    shows: 'Truth values read as Python writes them, null as nothing',
    call: 'str_replace: { template: "debug=FLAG;log=FILE", params: { FLAG: true, FILE: null } }',
    gives: 'debug=True;log=',
  },
]

const notes: readonly string[] = [
  'A word is a plain text and no pattern, and may be any text that is not empty. It is found wherever it stands, also within others: `host` is in `hostname`. Signs around it, as in `$host`, `%host%` or `__host__`, keep it apart.',
  '`params` may be a call that gives a map.',
]

/** What authors should know of the first `str_replace`. */
export const ofScalars: Documentation = {
  summary: 'Replaces words in a text by values.',
  usage: usageOf('str_replace'),
  arguments: [
    template,
    {
      name: 'params',
      kind: 'map',
      meaning: 'For each word its value: a text, a number, a truth value or null.',
    },
  ],
  examples: [
    ordinary('str_replace'),
    ...order,
    {
      shows: 'Maps and lists are refused',
      call: 'str_replace: { template: CONFIG, params: { CONFIG: { debug: true } } }',
      refuses: '"str_replace" params must be strings or numbers, param CONFIG is not valid',
    },
  ],
  notes,
}

const params = {
  name: 'params',
  kind: 'map',
  meaning: 'For each word its value. Maps and lists are written as JSON, their keys in order.',
}

/** What authors should know of `str_replace`. */
export const ofAnything: Documentation = {
  ...ofScalars,
  arguments: [template, params],
  examples: [
    ordinary('str_replace'),
    ...order,
    {
      shows: 'Maps and lists are written as JSON',
      call: 'str_replace: { template: config=CONFIG, params: { CONFIG: { port: 80, hosts: [a, b] } } }',
      gives: `'config={"hosts": ["a", "b"], "port": 80}'`,
    },
  ],
  notes: [...notes, 'A word that the text does not have is passed over; `str_replace_strict` refuses it.'],
  changes: 'writes maps and lists as JSON.',
}

/** What authors should know of `str_replace_strict`. */
export const strict: Documentation = {
  ...ofAnything,
  summary: 'Replaces words in a text by values; every word must be in the text.',
  usage: usageOf('str_replace_strict'),
  examples: [
    ordinary('str_replace_strict'),
    {
      shows: 'Each word must be in the text',
      call: 'str_replace_strict: { template: "port=$port", params: { $prot: 80 } }',
      refuses: 'The following params were not found in the template: $prot',
    },
    {
      shows: 'One that is only within another is not found',
      call: 'str_replace_strict: { template: hostname, params: { host: A, hostname: B } }',
      refuses: 'The following params were not found in the template: host',
    },
  ],
  notes: [
    'In all else it is `str_replace`.',
    'A value may be null or empty; `str_replace_vstrict` refuses that too.',
  ],
}

/** What authors should know of `str_replace_vstrict`. */
export const veryStrict: Documentation = {
  ...strict,
  summary: 'Replaces words in a text by values; every word must be in the text and have a value.',
  usage: usageOf('str_replace_vstrict'),
  examples: [
    ordinary('str_replace_vstrict'),
    {
      shows: 'Each word must have a value',
      call: 'str_replace_vstrict: { template: "dns=$dns", params: { $dns: { get_param: dns } } }',
      where: { parameters: { dns: '' } },
      refuses:
        'str_replace_vstrict has an undefined or empty value for param $dns, must be a defined non-empty value',
    },
    {
      shows: 'Nought and false are values',
      call: 'str_replace_vstrict: { template: "n=N", params: { N: 0 } }',
      gives: 'n=0',
    },
    {
      shows: 'Each word must be in the text',
      call: 'str_replace_vstrict: { template: "port=$port", params: { $prot: 80 } }',
      refuses: 'The following params were not found in the template: $prot',
    },
  ],
  notes: ['In all else it is `str_replace_strict`.', 'Null, and empty texts, lists and maps are no values.'],
}

import { isMap } from '../../base/json.ts'
import { shownAs, wordOf } from '../../base/text.ts'
import { dataOf, entriesOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'

const parts = ['scheme', 'username', 'password', 'host', 'port', 'path', 'query', 'fragment']

/** Makes a URL from its parts, each properly escaped. */
export const makeUrl = templateFunction('make_url', {
  summary: 'Makes a URL from its parts.',
  usage: `make_url:
  scheme: SCHEME
  username: NAME
  password: PASSWORD
  host: HOST
  port: PORT
  path: PATH
  query: { KEY: VALUE }
  fragment: FRAGMENT`,
  arguments: [
    {
      name: 'scheme',
      kind: 'text',
      meaning: 'What stands before the first colon, as `https`.',
      optional: true,
    },
    { name: 'username', kind: 'text', meaning: 'Who logs in.', optional: true },
    { name: 'password', kind: 'text', meaning: 'With which password.', optional: true },
    {
      name: 'host',
      kind: 'text',
      meaning: 'A name or address; IPv6 with or without brackets.',
      optional: true,
    },
    { name: 'port', kind: 'number or text', meaning: 'A port from 1 to 65535.', optional: true },
    {
      name: 'path',
      kind: 'text',
      meaning: 'The path; a slash before it is put there if it is missing.',
      optional: true,
    },
    { name: 'query', kind: 'map', meaning: 'What stands behind the question mark.', optional: true },
    { name: 'fragment', kind: 'text', meaning: 'What stands behind the `#`.', optional: true },
  ],
  examples: [
    {
      call: `make_url:
  scheme: https
  host: { get_attr: [server, first_address] }
  port: 8443
  path: /login`,
      where: { attributes: { server: { first_address: '192.0.2.7' } } },
      gives: 'https://192.0.2.7:8443/login',
    },
    {
      shows: 'An IPv6 address gets its brackets',
      call: `make_url: { scheme: http, host: '2001:db8::7', port: 80 }`,
      gives: '"http://[2001:db8::7]:80"',
    },
    {
      shows: 'What needs escaping is escaped',
      call: `make_url:
  scheme: mysql
  username: web
  password: "p@ss/word"
  host: db
  path: my data
  query: { charset: utf 8, path: a/b }`,
      gives: 'mysql://web:p%40ss%2Fword@db/my%20data?charset=utf+8&path=a/b',
    },
    {
      shows: 'A port that is none',
      call: 'make_url: { host: db, port: 70000 }',
      refuses: 'Invalid URL port 70000, must be in range 1-65535',
    },
  ],
  notes: [
    'Every part may be left out. What is left out leaves out its separators too.',
    'A text is escaped whole: what is escaped already, as `%20`, is escaped again.',
    'Whoever sees the URL sees the password in it. Give its parameter `hidden: true`.',
  ],
  misuse(args) {
    const entries = entriesOf(args)
    if (entries === undefined) return 'The arguments to "make_url" must be a map'
    const known = Object.fromEntries(
      [...entries].flatMap(([key, value]) => (value.is === 'data' ? [[key, dataOf(value)]] : [])),
    )
    const strangers = [...entries.keys()].filter((key) => !parts.includes(key))
    return strangers.length > 0 ? `Invalid arguments to "make_url": ${strangers.join(', ')}` : faultIn(known)
  },
  evaluate(args) {
    if (!isMap(args)) throw new Refusal('The arguments to "make_url" must be a map')
    const fault = faultIn(args)
    if (fault !== undefined) throw new Refusal(fault)
    const text = (part: string): string => wordOf(args[part] ?? '')
    if (text('scheme').includes(':')) throw new Refusal('URL "scheme" should not contain \':\'')
    return assembled({
      scheme: text('scheme'),
      place:
        credentials(text('username'), text('password')) +
        host(text('host')) +
        (args.port ? `:${text('port')}` : ''),
      path: escaped(text('path'), '/'),
      query: isMap(args.query) ? queryText(args.query) : '',
      fragment: escaped(text('fragment'), '/'),
    })
  },
})

function faultIn(args: Readonly<Record<string, unknown>>): string | undefined {
  for (const part of parts) {
    if (!Object.hasOwn(args, part)) continue
    const value = args[part]
    if (part === 'query' && !isMap(value)) return 'The "query" argument to "make_url" must be a map'
    if (part === 'port' && portFault(value, args)) return portFault(value, args)
    if (part !== 'query' && part !== 'port' && typeof value !== 'string')
      return `The "${part}" argument to "make_url" must be a string`
  }
  return undefined
}

function portFault(port: unknown, args: unknown): string | undefined {
  const number = typeof port === 'string' && /^\s*[-+]?\d+\s*$/.test(port) ? Number(port) : port
  if (typeof number !== 'number')
    return `Invalid URL port "${wordOf(port)}" for make_url called with ${shownAs(args)}`
  return number > 0 && number <= 65535 ? undefined : `Invalid URL port ${number}, must be in range 1-65535`
}

/** Percent-encodes all but letters, digits, `_.-~` and the characters of `safe`. */
function escaped(text: string, safe = ''): string {
  return Array.from(text, (character) =>
    safe.includes(character)
      ? character
      : encodeURIComponent(character.isWellFormed() ? character : '\ufffd').replace(/[!'()*]/g, percent),
  ).join('')
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

function credentials(username: string, password: string): string {
  if (!username && !password) return ''
  return `${escaped(username)}${password && `:${escaped(password)}`}@`
}

function host(name: string): string {
  const bare = escaped(name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name, ':')
  return bare.includes(':') ? `[${bare}]` : bare
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const plus = (value: unknown) => escaped(wordOf(value), ' /').replaceAll(' ', '+')
  return Object.entries(query)
    .map(([key, value]) => `${plus(key)}=${plus(value)}`)
    .join('&')
}

interface Parts {
  readonly scheme: string
  readonly place: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

const withPlace =
  /^(|ftps?|https?|sftp|ssh|git|git\+ssh|svn|svn\+ssh|rsync|rtspu?|nfs|file|wss?|imap|telnet|gopher|nntp|mms)$/

function assembled({ scheme, place, path, query, fragment }: Parts): string {
  const hasPlace = place !== '' || (scheme !== '' && withPlace.test(scheme) && !path.startsWith('//'))
  const rooted = hasPlace && path !== '' && !path.startsWith('/') ? `/${path}` : path
  return `${scheme && `${scheme}:`}${hasPlace ? `//${place}` : ''}${rooted}${query && `?${query}`}${fragment && `#${fragment}`}`
}

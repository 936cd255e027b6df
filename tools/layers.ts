// Which room may import what: the direction of the whole house.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { filesIn } from './files.ts'

interface Room {
  /** The other rooms whose modules it may import. */
  readonly rooms: readonly string[]
  /** What it may import that is not ours: packages of npm, modules of Node, or `node:` for all of these. */
  readonly outside: readonly string[]
}

const language = ['template', 'schema', 'base']
const allBelow = [
  ...[
    'base',
    'schema',
    'contract',
    'template',
    'cloud',
    'store',
    'bus',
    'identity',
    'plugin',
    'resources',
    'engine',
  ],
  ...['api', 'client', 'cli', 'simulator'],
]

/** The rooms, each floor standing on those before it. A room that is not here may not be. */
export const rooms: Readonly<Record<string, Room>> = {
  base: { rooms: [], outside: ['node:crypto', 'node:fs'] },
  schema: { rooms: ['base'], outside: [] },
  contract: { rooms: ['schema', 'base'], outside: [] },
  template: { rooms: ['schema', 'base'], outside: ['js-yaml'] },

  cloud: { rooms: ['schema', 'base'], outside: ['undici', 'node:'] },
  store: { rooms: ['contract', 'base'], outside: ['kysely', 'mysql2', 'pg', 'node:'] },
  bus: { rooms: ['contract', 'base'], outside: ['amqplib', 'node:'] },
  identity: { rooms: ['cloud', 'contract', 'base'], outside: ['js-yaml', 'node:'] },

  plugin: { rooms: ['cloud', ...language], outside: [] },
  resources: { rooms: ['plugin', 'cloud', ...language], outside: ['node:crypto'] },
  engine: { rooms: ['plugin', 'cloud', 'store', 'bus', 'identity', 'contract', ...language], outside: [] },

  api: { rooms: ['identity', 'contract', ...language], outside: ['fastify', 'node:'] },
  client: { rooms: ['contract', 'schema', 'base'], outside: ['undici', 'node:'] },
  cli: { rooms: ['client', 'contract', ...language], outside: ['commander', 'js-yaml', 'yaml', 'node:'] },

  simulator: { rooms: ['base'], outside: ['fastify', 'node:'] },
  testing: { rooms: allBelow, outside: ['kysely', 'node:'] },
  bin: { rooms: ['testing', ...allBelow], outside: ['pino', 'prom-client', '@opentelemetry', 'node:'] },
}

/** Every import under src/ that goes against the table, each as a line that says so. */
export function breaches(): readonly string[] {
  return filesIn('src', '.ts').flatMap((file) => breachesOf(file, readFileSync(file, 'utf8')))
}

/** The imports of one file, named by its path (`src/store/rows.ts`), that go against the table. */
export function breachesOf(file: string, text: string): readonly string[] {
  const [, from = ''] = file.split('/')
  const room = rooms[from]
  if (room === undefined) return [`${file}: there is no room "${from}"`]
  return importsIn(text).flatMap((name) => {
    if (!name.startsWith('.'))
      return reachesOutside(room, name) ? [] : [`${file}: ${from} may not import ${name}`]
    const [top, to = ''] = posix.join(posix.dirname(file), name).split('/')
    if (top !== 'src') return [`${file}: src may not import ${name}`]
    return to === from || room.rooms.includes(to) ? [] : [`${file}: ${from} may not import ${to} (${name})`]
  })
}

const imported =
  /^(?:import|export)\b[\w\s*,{}]*\bfrom '([^'\n]+)'|^import '([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gm

const importsIn = (text: string): readonly string[] =>
  [...text.matchAll(imported)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')

function reachesOutside({ outside }: Room, name: string): boolean {
  return outside.some(
    (one) => name === one || name.startsWith(`${one}/`) || (one === 'node:' && name.startsWith(one)),
  )
}

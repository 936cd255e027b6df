import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readConnection } from '../../src/store/connection-url.ts'

const nothing = {
  host: undefined,
  port: undefined,
  user: undefined,
  password: undefined,
  socket: undefined,
  tls: undefined,
}

it('reads where a SQLite file is: three slashes for a relative path, four for an absolute one', () => {
  assert.deepEqual(readConnection('sqlite:///hearth.db'), { kind: 'sqlite', path: 'hearth.db' })
  assert.deepEqual(readConnection('sqlite:////var/lib/hearth/a%20b.db'), {
    kind: 'sqlite',
    path: '/var/lib/hearth/a b.db',
  })
  for (const memory of ['sqlite://', 'sqlite:///', 'sqlite:///:memory:']) {
    assert.deepEqual(readConnection(memory), { kind: 'sqlite', path: undefined })
  }
  assert.throws(() => readConnection('sqlite://hearth.db'), /write sqlite:\/\/\/relative/)
})

it('reads servers as OpenStack services write them', () => {
  assert.deepEqual(readConnection('mysql+pymysql://heat:s%40cret@db.example:3307/heat?charset=utf8'), {
    kind: 'mysql',
    server: {
      ...nothing,
      host: 'db.example',
      port: 3307,
      user: 'heat',
      password: 's@cret',
      database: 'heat',
    },
  })
  assert.deepEqual(readConnection('postgresql+psycopg2://u@[::1]/h'), {
    kind: 'postgres',
    server: { ...nothing, host: '::1', user: 'u', database: 'h' },
  })
  assert.deepEqual(readConnection('mysql://u:p#:/?%@h/d'), {
    kind: 'mysql',
    server: { ...nothing, host: 'h', user: 'u', password: 'p#:/?%', database: 'd' },
  })
})

it('reads local sockets and encryption', () => {
  assert.deepEqual(readConnection('mysql://u@localhost/d?unix_socket=/run/mysqld.sock&ssl_ca=/ca.pem'), {
    kind: 'mysql',
    server: {
      ...nothing,
      ...{ user: 'u', database: 'd', socket: '/run/mysqld.sock' },
      tls: { verify: true, ca: '/ca.pem', cert: undefined, key: undefined },
    },
  })
  const { server } = readConnection('postgresql:///d?host=/run/postgresql') as { server: object }
  assert.deepEqual(server, { ...nothing, socket: '/run/postgresql', database: 'd' })
  const required = readConnection('postgresql://h/d?sslmode=require') as { server: { tls: object } }
  assert.deepEqual(required.server.tls, { verify: false, ca: undefined, cert: undefined, key: undefined })
})

it('says what is wrong, and no password', () => {
  const says = (connection: string, message: RegExp) =>
    assert.throws(
      () => readConnection(connection),
      (error: Error) => message.test(error.message) && !error.message.includes('geheim'),
    )
  says('oracle://u:geheim@h/d', /must begin with .* not oracle:/)
  says('geheim', /must begin with/)
  says('mysql://u:geheim@h', /names no database/)
  says('mysql://u:geheim@h:port/d', /not of the form/)
})

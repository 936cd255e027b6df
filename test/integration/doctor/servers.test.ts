import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { checkBroker } from '../../../src/bin/doctor/broker.ts'
import { checkDatabase } from '../../../src/bin/doctor/database.ts'
import type { Finding } from '../../../src/cli/index.ts'
import {
  type DatabaseService,
  installed,
  type Service,
  startMariadb,
  startPostgres,
  startRabbitmq,
} from '../../../tools/services.ts'

const skip =
  !(installed.mariadb() && installed.postgres() && installed.rabbitmq()) &&
  'a server is not installed: node tools/services.ts install'

const troubles = (findings: readonly Finding[]): readonly string[] =>
  findings
    .filter(({ status }) => status !== 'ok')
    .map(({ status, finding, advice }) => `${status}: ${finding} ${advice}`)

describe('the doctor, of real servers', { skip, timeout: 180_000 }, () => {
  let broker: Service
  let mariadb: DatabaseService
  let postgres: DatabaseService
  before(async () => {
    ;[broker, mariadb, postgres] = await Promise.all([startRabbitmq(), startMariadb(), startPostgres()])
  })
  after(async () => void (await Promise.all([broker.stop(), mariadb.stop(), postgres.stop()])))

  const place = (connection: string) => ({ connection, encryptionKey: 'k'.repeat(32), deadAfterMs: 5000 })
  const one = (findings: readonly Finding[], words: RegExp) => {
    const all = troubles(findings)
    assert.equal(all.length, 1, JSON.stringify(findings))
    assert.match(all[0] ?? '', words)
  }

  it('is content with a broker that works', async () => {
    const findings = await checkBroker(broker.url)
    assert.deepEqual(troubles(findings), [])
    assert.match(findings[0]?.finding ?? '', /RabbitMQ 3\./)
  })

  it('tells a wrong password, a wrong virtual host, and a broker that is away apart', async () => {
    const { hostname, port } = new URL(broker.url)
    one(await checkBroker(`rabbit://guest:hidden@${hostname}:${port}/`), /error: .*Correct user and password/)
    one(await checkBroker(`${broker.url.replace(/\/?$/, '')}/nowhere`), /error: .*virtual host/)
    one(await checkBroker('rabbit://guest:hidden@127.0.0.1:1/'), /error: .*Check that RabbitMQ runs there/)
  })

  it('finds what is wrong with a MariaDB', async () => {
    const connection = await mariadb.create()
    const words = troubles(await checkDatabase(place(connection))).join('\n')
    assert.match(words, /there are no tables yet/)
    one(await checkDatabase(place(connection.replace(/:[^:@]*@/, ':hidden@'))), /error: .*Access denied/)
  })

  it('finds what is wrong with a PostgreSQL', async () => {
    const connection = await postgres.create()
    assert.match(troubles(await checkDatabase(place(connection))).join('\n'), /there are no tables yet/)
    one(await checkDatabase(place(connection.replace(/:[^:@]*@/, ':hidden@'))), /error: .*password/)
    await postgres.kill()
    one(await checkDatabase(place(connection)), /error: .*ECONNREFUSED.*\[database\] connection/)
    await postgres.start()
  })
})

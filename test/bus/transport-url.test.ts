import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readTransportUrl } from '../../src/bus/transport-url.ts'

const broker = { protocol: 'amqp', port: 5672, username: 'guest', password: 'guest', vhost: '/' }

function brokers(url: string): readonly object[] {
  const address = readTransportUrl(url)
  assert.ok(address.kind === 'rabbit')
  return address.brokers
}

describe('readTransportUrl', () => {
  it('knows the bus within one process', () => {
    assert.deepEqual(readTransportUrl('memory://'), { kind: 'memory' })
  })

  it('reads user, password, host, port and virtual host', () => {
    assert.deepEqual(brokers('rabbit://heat:p%40ss@broker:5673/cloud'), [
      { ...broker, hostname: 'broker', port: 5673, username: 'heat', password: 'p@ss', vhost: 'cloud' },
    ])
    assert.deepEqual(brokers('amqp://broker'), [{ ...broker, hostname: 'broker' }])
    assert.deepEqual(brokers('rabbit://broker/%2Fa'), [{ ...broker, hostname: 'broker', vhost: '/a' }])
  })

  it('reads several brokers, each with its own user', () => {
    assert.deepEqual(brokers('rabbit://a:x@one:1,b:y@two:2,c:z@[::1]/'), [
      { ...broker, hostname: 'one', port: 1, username: 'a', password: 'x' },
      { ...broker, hostname: 'two', port: 2, username: 'b', password: 'y' },
      { ...broker, hostname: '::1', username: 'c', password: 'z' },
    ])
  })

  it('takes a password with signs that should have been encoded', () => {
    assert.deepEqual(brokers('rabbit://heat:a@b:c%@broker'), [
      { ...broker, hostname: 'broker', username: 'heat', password: 'a@b:c%' },
    ])
  })

  it('encrypts where it is told to', () => {
    assert.deepEqual(brokers('amqps://broker'), [
      { ...broker, hostname: 'broker', protocol: 'amqps', port: 5671 },
    ])
    assert.deepEqual(brokers('rabbit://broker:5671/v?ssl=true'), [
      { ...broker, hostname: 'broker', protocol: 'amqps', port: 5671, vhost: 'v' },
    ])
    assert.throws(
      () => readTransportUrl('amqps://broker/?ssl_ca_file=/nowhere.pem'),
      /certificates in \/nowhere\.pem, which can't be read/,
    )
  })

  it('says what it must look like, and never shows a password', () => {
    assert.throws(
      () => readTransportUrl('kafka://u:secret@h'),
      (error: Error) =>
        /rabbit:\/\/user:password@host:5672\/vhost, not kafka:/.test(error.message) &&
        !error.message.includes('secret'),
    )
    assert.throws(
      () => readTransportUrl('rabbit://u:secret@h:port/'),
      (error: Error) => /must be of the form/.test(error.message) && !error.message.includes('secret'),
    )
    assert.throws(() => readTransportUrl('rabbit://'), /must be of the form/)
    assert.throws(() => readTransportUrl(''), /must be of the form/)
  })
})

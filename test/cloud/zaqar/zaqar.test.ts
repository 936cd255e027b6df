import assert from 'node:assert/strict'
import { it } from 'node:test'
import { zaqar } from '../../../src/cloud/zaqar/index.ts'
import { toldSession } from '../told-session.ts'

it('Zaqar puts messages into a queue, whatever its name has in it', async () => {
  const session = toldSession({ 'POST /queues/my%2Fnews/messages': { resources: [] } })
  const messages = [{ body: { a: 1 }, ttl: 60 }]
  await zaqar.connect(session).post('my/news', messages)
  assert.deepEqual(session.bodies(), [{ messages }])
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { anEvent, aResource, aStack, aTemplate, change, claimed, open } from './fixtures.ts'
import type { Subject } from './suite.ts'

export function describePersistence(subject: Subject): void {
  describe(`durability on ${subject.name}`, () => {
    it('keeps every write that was acknowledged to a process that is then killed', {
      timeout: 30_000,
    }, async () => {
      const connection = await subject.empty()
      const script = new URL('writing-process.ts', import.meta.url)
      const child = spawn(process.execPath, [script.pathname, connection], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const acknowledged: string[] = []
      let stackId = ''
      for await (const line of createInterface({ input: child.stdout })) {
        if (stackId === '') stackId = line
        else acknowledged.push(line)
        if (acknowledged.length >= 200 && child.exitCode === null) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      const store = await open(connection)
      const names = new Set((await store.resources(stackId)).map(({ name }) => name))
      assert.ok(acknowledged.length >= 200)
      assert.deepEqual(
        acknowledged.filter((name) => !names.has(name)),
        [],
      )
      await claimed(store, stackId)
      await store.close()
    })

    it('writes no secret as it is', async () => {
      const connection = await subject.empty()
      const store = await open(connection)
      const secret = 'correct-horse-battery-staple'
      const stack = aStack({ userName: 'a-name-in-plain-text' })
      const environment = { parameters: { password: secret } }
      const credential = { id: stack.id, document: { password: secret } }
      await store.createStack({ stack, template: aTemplate(stack, { environment }), credential, askedAt: 1 })
      const owner = await claimed(store, stack.id)
      const resources = [
        aResource(stack.id, { secrets: { private_key: secret } }),
        aResource(stack.id, {
          ...{ sealed: true, properties: { password: secret }, attributes: { x: secret } },
          ...{ metadata: { x: secret }, intent: { does: 'update', since: 1, toward: { password: secret } } },
        }),
      ]
      await store.write(change(owner, { resources, events: [anEvent(stack)] }))
      await store.close()
      const bytes = await subject.bytes(connection)
      assert.equal(bytes.includes('a-name-in-plain-text'), true)
      assert.equal(bytes.includes(secret), false)
    })
  })
}

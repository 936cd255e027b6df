// Writes without end, and says on its output what was acknowledged: first the stack, then the name of each resource.
import { writeSync } from 'node:fs'
import { aResource, change, open, owned } from './fixtures.ts'

const [connection = ''] = process.argv.slice(2)
const store = await open(connection)
const { stack, owner } = await owned(store)
writeSync(1, `${stack.id}\n`)

for (let i = 0; ; i += 5) {
  const rows = [0, 1, 2, 3, 4].map((n) => aResource(stack.id, { name: `r${i + n}` }))
  await Promise.all(
    rows.map(async (row) => {
      await store.write(change(owner, { resources: [row] }))
      writeSync(1, `${row.name}\n`)
    }),
  )
}

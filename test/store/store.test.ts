import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { describeStore } from './suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-store-'))
after(() => rmSync(folder, { recursive: true }))

let count = 0
describeStore({
  name: 'SQLite',
  empty: async () => `sqlite:///${folder}/${++count}.db`,
  async bytes(connection) {
    const name = connection.slice(connection.lastIndexOf('/') + 1)
    const files = readdirSync(folder).filter((file) => file.startsWith(name))
    return Buffer.concat(files.map((file) => readFileSync(join(folder, file))))
  },
})

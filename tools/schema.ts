// Writes src/store/schema.sql, which shows what the migrations make: run it after adding one.
import { writeFileSync } from 'node:fs'
import { describeSchema } from '../src/store/describe-schema.ts'

writeFileSync(new URL('../src/store/schema.sql', import.meta.url), await describeSchema())

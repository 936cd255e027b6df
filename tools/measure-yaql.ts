// Measures how long expressions of YAQL take to be read and evaluated, here and with Debian's python3-yaql:
//   node tools/measure-yaql.ts
import { execFileSync } from 'node:child_process'
import { parse } from '../src/template/yaql/parser.ts'
import { defaultLimits } from '../src/template/yaql/run.ts'
import { readYaql } from '../src/template/yaql/yaql.ts'

const data = Array.from({ length: 100 }, (_, i) => ({
  name: `server-${i}`,
  role: i % 3 === 0 ? 'db' : 'web',
  cpus: i % 8,
  tags: ['a', 'b'],
}))

const expressions = [
  '$.data.where($.role = web).select($.name)',
  '$.data.groupBy($.role, $.cpus, $.sum()).toDict($[0], $[1])',
  '$.data.orderBy($.cpus).thenByDescending($.name).select({n => $.name, t => $.tags.join(",")})',
]

interface Times {
  readonly read: number
  readonly evaluated: number
}

const theirs = execFileSync('/usr/bin/python3', ['tools/measure/expressions.py'], {
  input: JSON.stringify({ data, expressions }),
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Times)

for (const [i, expression] of expressions.entries()) {
  console.log(expression)
  console.log(`  Hearth:       ${shown(timesOf(expression))}`)
  console.log(`  python3-yaql: ${shown(theirs[i])}`)
}

function timesOf(expression: string): Times {
  const read = readYaql(expression)
  return {
    read: best(() => parse(expression), 200),
    evaluated: best(() => read.evaluate({ data }, defaultLimits, () => undefined), 50),
  }
}

function best(does: () => void, times: number): number {
  const found = Array.from({ length: times }, () => {
    const since = performance.now()
    does()
    return performance.now() - since
  })
  return Math.min(...found)
}

function shown(times: Times | undefined): string {
  if (times === undefined) return ''
  return `read in ${times.read.toFixed(3)} ms, evaluated in ${times.evaluated.toFixed(2)} ms`
}

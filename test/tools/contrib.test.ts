import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { load } from 'js-yaml'
import { metrics } from '../../src/base/metrics.ts'
import { prometheus } from '../../src/bin/watch/prometheus.ts'
import { dashboardText } from '../../tools/dashboard.ts'

const rulesPath = 'contrib/prometheus/hearth.rules.yaml'

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

const rules = (): Rules['groups'][number]['rules'] =>
  (load(readFileSync(rulesPath, 'utf8')) as Rules).groups.flatMap((group) => group.rules)

const expressions = (): readonly string[] => [
  ...rules().map(({ expr }) => expr),
  ...[...dashboardText().matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    String(JSON.parse(`"${text}"`)),
  ),
]

it('keeps the dashboard as its list of panels says', () => {
  assert.equal(readFileSync('contrib/grafana/hearth.json', 'utf8'), dashboardText())
})

it('names in the dashboard and in the alerts only what is measured', () => {
  const told = prometheus()
  const known = new Set(
    told.names().flatMap((name) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]),
  )
  told.close()
  const named = expressions().flatMap((text) => text.match(/\b(?:hearth|process|nodejs)_\w+/g) ?? [])
  assert.ok(named.length > 30)
  assert.deepEqual(
    named.filter((name) => !known.has(name)),
    [],
  )
})

it('tells things apart only by labels that they have', () => {
  const wrong = expressions().flatMap((text) =>
    [...text.matchAll(/\b(hearth_\w+?)(?:_bucket|_count|_sum)?\{([^}]*)\}/g)].flatMap(
      ([, name = '', inside = '']) => {
        const labels: readonly string[] = metrics[name as keyof typeof metrics]?.labels ?? []
        const used = [...inside.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label)
        return used.filter((label) => label !== 'job' && label !== 'instance' && !labels.includes(label))
      },
    ),
  )
  assert.deepEqual(wrong, [])
})

it('says of every alert what to do', () => {
  const manual = readFileSync('docs/operations.md', 'utf8')
  assert.deepEqual(
    rules().filter(({ alert }) => !manual.includes(`\`${alert}\``)),
    [],
  )
})

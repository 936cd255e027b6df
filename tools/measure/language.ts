// Reads and checks a template, or an environment, as `original.py` beside it does with the original.
import { readFileSync } from 'node:fs'
import { allTypes } from '../../src/resources/index.ts'
import {
  checkStack,
  defineStack,
  emptyEnvironment,
  parseEnvironment,
  parseTemplate,
  type TypeCatalog,
} from '../../src/template/index.ts'

const [what, path = ''] = process.argv.slice(2)
const text = readFileSync(path, 'utf8')
const types = new Map(allTypes.map((type) => [type.type, type]))
const catalog: TypeCatalog = { find: (name) => types.get(name), names: () => [...types.keys()] }
const maxSize = 1 << 24

const steps: Record<string, number> = {}
let since = performance.now()

function done(step: string, { length }: readonly unknown[]): void {
  if (length > 0) throw new Error(`${step} found ${length} problems`)
  const now = performance.now()
  steps[step] = now - since
  since = now
}

if (what === 'environment') {
  done('parse', parseEnvironment(text, { maxSize }).problems)
} else {
  const { value: template, problems } = parseTemplate(text, { maxSize })
  done('parse', problems)
  if (template === undefined) throw new Error('there is no template')
  const pseudo = { stackName: 'measured', stackId: '', projectId: '' }
  const defined = defineStack({ template, environment: emptyEnvironment, files: {}, pseudo })
  done('define', defined.problems)
  done('check', checkStack(defined.value, catalog))
}
console.log(JSON.stringify({ steps, megabytes: process.resourceUsage().maxRSS / 1024 }))

import type { JsonMap } from '../../base/json.ts'
import type { LintRule } from '../../template/index.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { Finding } from '../problems/report.ts'
import type { UsedTypes } from './catalog.ts'
import { readOffline } from './stack.ts'
import { nestedTemplates } from './templates.ts'

interface Linted {
  readonly types: UsedTypes
  readonly runs: (rule: LintRule) => boolean
}

/**
 * All that is wrong with the stack that a bundle would make, and what the rules find in its templates. Templates that can't
 * be read whole are not looked at by rules, for much in them would seem not to be used.
 */
export async function lintOffline(
  bundle: Bundle,
  parameters: JsonMap,
  { types, runs }: Linted,
): Promise<readonly Finding[]> {
  const { lintTemplate, parseTemplate } = await import('../../template/index.ts')
  const { findings, definition } = await readOffline(bundle, parameters, types)
  if (definition === undefined) return findings
  const { environment, files } = definition
  const { template: text = '' } = bundle
  const whole = [
    { text, parsed: parseTemplate(text) },
    ...(await nestedTemplates(files)).map(({ name, parsed }) => ({ text: files[name] ?? '', parsed })),
  ]
  return [
    ...findings,
    ...whole.flatMap(({ text: written, parsed: { value, problems } }) =>
      value === undefined || problems.length > 0
        ? []
        : lintTemplate(value, { environment, files, catalog: types.catalog, text: written, runs }),
    ),
  ]
}

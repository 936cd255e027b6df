import type { JsonMap } from '../../base/json.ts'
import type { LintRule } from '../../template/index.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { Finding } from '../problems/report.ts'
import type { UsedTypes } from './catalog.ts'
import { type OfflineStack, readOffline } from './stack.ts'
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
  const stack = await readOffline(bundle, parameters, types)
  return [...stack.findings, ...(await foundByRules(bundle, stack, { types, runs }))]
}

/** What the rules alone find in the templates of a stack. */
export async function foundByRules(
  { template: text = '' }: Bundle,
  { definition }: OfflineStack,
  { types, runs }: Linted,
): Promise<readonly Finding[]> {
  if (definition === undefined) return []
  const { lintTemplate, parseTemplate } = await import('../../template/index.ts')
  const { environment, files } = definition
  const whole = [
    { text, parsed: parseTemplate(text) },
    ...(await nestedTemplates(files)).map(({ name, parsed }) => ({ text: files[name] ?? '', parsed })),
  ]
  return whole.flatMap(({ text: written, parsed: { value, problems } }) =>
    value === undefined || problems.length > 0
      ? []
      : lintTemplate(value, { environment, files, catalog: types.catalog, text: written, runs }),
  )
}

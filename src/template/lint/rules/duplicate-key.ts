import { duplicatesIn } from '../../parse/duplicates.ts'
import { lintRule } from '../rule.ts'

/** Keys that stand twice in one map. */
export const duplicateKey = lintRule('DuplicateKey', {
  severity: 'warning',
  summary: 'A key that stands twice in one map.',
  advice: 'Only the last one counts; what stands under the first is lost. Rename one, or put them together.',
  example: { template: 'outputs:\n  size: {value: 1}\n  size: {value: 2}\n' },
  fine: { template: 'outputs:\n  size: {value: 1}\n  sizes: {value: 2}\n' },
  find: ({ text }) =>
    (text === undefined ? [] : duplicatesIn(text)).map(({ key, path, first, position }) => ({
      message: `The key "${key}" stood in line ${first} already: only this one counts`,
      path,
      position,
    })),
})

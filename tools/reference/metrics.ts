import { metrics } from '../../src/base/metrics.ts'

/** The page of all that is measured. */
export function metricsPage(): string {
  const rows = Object.entries(metrics).map(([name, { kind, labels, help }]) => {
    const known = labels.map((label) => `\`${label}\``).join(', ')
    return `| \`${name}\` | ${kind} | ${known} | ${help} |`
  })
  return [
    '# Metrics',
    '',
    'What a process tells Prometheus at `/metrics` of its `monitor_port`. What to do about them: [operations](../operations.md#watching-it).',
    'Beside these there are the usual ones of a process on Node: `process_*`, `nodejs_*`.',
    '',
    '| metric | kind | labels | what it says |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

import { wordOf } from '../base/text.ts'

const logs: ReadonlySet<string> = new Set(['deploy_stdout', 'deploy_stderr'])
const mostLines = 10

/** One output of a software deployment as OpenStackClient prints it; of logs the last ten lines, unless all are wanted. */
export function outputText(
  name: string,
  outputs: Readonly<Record<string, unknown>>,
  { long }: { readonly long: boolean },
): string {
  const value = outputs[name] ?? null
  if (!logs.has(name)) return `  ${name}: ${wordOf(value)}\n`
  if (value === null) return `  ${name}: |\nNone\n`
  const lines = wordOf(value).replace(/\n$/, '').split('\n')
  const shown =
    long || lines.length <= mostLines
      ? lines
      : ['...', ...lines.slice(-mostLines), '(truncated, view all with --long)']
  return `  ${name}: |\n${shown.map((line) => `    ${line}`).join('\n')}\n`
}

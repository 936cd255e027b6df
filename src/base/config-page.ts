import { environmentName } from './config.ts'
import type { Option } from './config-kinds.ts'
import { options } from './config-options.ts'

/** The reference of all options, as a page in Markdown. */
export function configurationPage(): string {
  return [
    '# Configuration',
    'A file in the form of oslo.config, with the names of `heat.conf` wherever it has the option: a service can be pointed at the file it has. Name it with `--config-file` or in `HEARTH_CONFIG_FILE`; `hearth api` and `hearth engine` otherwise read `/etc/hearth/hearth.conf`. Of several files, with commas between them, a later one counts for more. What the file has that is not listed here is ignored, with a warning if Heat does not have it either.',
    'Variables count more than files: `OS_`, the section, two underscores and the option, all in capitals, such as `OS_DATABASE__CONNECTION`.',
    '`$name` stands for the value of another option of the section or of `[DEFAULT]`, `$section.name` for one of another section; `$$` is a dollar sign.',
    ...Object.entries(options).map(([section, table]) =>
      sectionTable(section, Object.entries<Option<unknown>>(table)),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

function sectionTable(section: string, entries: readonly (readonly [string, Option<unknown>])[]): string {
  const rows = entries.map(
    ([name, option]) => `| \`${name}\` | ${option.kind} | ${shown(option.default)} | ${meaning(option)} |`,
  )
  const example =
    entries[0] && `For example \`${environmentName(section, entries[0][0])}\` in the environment.`
  return [
    `## [${section}]`,
    example,
    ['| option | kind | default | meaning |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}

function shown(value: unknown): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : `\`${value.join(',')}\``
  if (typeof value === 'object') return ''
  return `\`${String(value)}\``
}

function meaning({ help, also, secret }: Option<unknown>): string {
  const names = also.length === 0 ? '' : ` Also \`${also.join('`, `')}\`.`
  return `${help.replaceAll('|', '\\|')}${names}${secret ? ' Secret.' : ''}`
}

import { isMap } from '../../base/json.ts'
import { resource } from '../../plugin/index.ts'
import { map } from '../../schema/index.ts'
import { keeping } from './keeping-config.ts'

/** What cloud-init is to do at the first boot of a server. */
export const CloudConfig = resource('OS::Heat::CloudConfig', {
  summary: 'Keeps a configuration for cloud-init, for user_data of a server or a part of them.',
  since: '2014.1',
  ...keeping,
  properties: { cloud_config: map('The configuration.') },
  create: ({ configs, props }) =>
    configs.keep({
      group: 'Heat::Ungrouped',
      config: `#cloud-config\n${yamlOf(props.cloud_config ?? null)}\n`,
    }),
})

/**
 * YAML that readers of any version take for the same: to older ones, `yes`, `0777` and `12:30` are no texts. Keys are sorted,
 * so that equal configurations have equal texts.
 */
function yamlOf(value: unknown, indent = ''): string {
  if (Array.isArray(value) && value.length > 0)
    return value.map((item) => `${indent}- ${yamlOf(item, `${indent}  `).trimStart()}`).join('\n')
  if (isMap(value) && Object.keys(value).length > 0) {
    const keys = Object.keys(value).sort()
    return keys.map((key) => `${indent}${textOf(key)}:${below(value[key], indent)}`).join('\n')
  }
  return typeof value === 'string' ? textOf(value) : JSON.stringify(value)
}

function below(value: unknown, indent: string): string {
  const hasParts = Array.isArray(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0
  if (!hasParts) return ` ${yamlOf(value)}`
  return `\n${yamlOf(value, Array.isArray(value) ? indent : `${indent}  `)}`
}

const plain = /^[A-Za-z_/][\w./-]*(?: [\w./-]+)*$/
const otherwise = /^(?:true|false|yes|no|on|off|y|n|null)$/i

const textOf = (text: string): string =>
  plain.test(text) && !otherwise.test(text) ? text : JSON.stringify(text)

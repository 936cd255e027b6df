import type { SoftwareConfig, SoftwareConfigs } from '../plugin/index.ts'

const uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** A text, or what the software config says that it is the ID of. */
export async function configTextOf(configs: SoftwareConfigs, said: string): Promise<string> {
  const found = uuid.test(said) ? await configs.of(said) : undefined
  return found === undefined ? said : textIn(found)
}

function textIn({ config }: SoftwareConfig): string {
  if (config === null) return ''
  return typeof config === 'string' ? config : JSON.stringify(config)
}

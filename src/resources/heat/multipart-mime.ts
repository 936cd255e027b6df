import { resource, type SoftwareConfigs } from '../../plugin/index.ts'
import { list, object, string } from '../../schema/index.ts'
import { configTextOf } from '../config-text.ts'
import { multipart, type Part, partsOf } from '../mime.ts'
import { keeping } from './keeping-config.ts'

/** Several things for a server to do at its first boot, in one message. */
export const MultipartMime = resource('OS::Heat::MultipartMime', {
  summary: 'Puts scripts and configurations together, for user_data of a server.',
  since: '2014.1',
  ...keeping,
  properties: {
    group: string('What it is for: the tool in the server that makes something of it.', {
      default: 'Heat::Ungrouped',
      since: '14.0.0',
    }),
    parts: list(
      object({
        config: string('The part itself, or the ID of a software config.', { required: true }),
        filename: string('The name that the part has as a file.'),
        type: string(
          'Whether it is a text, or a message of several parts itself: then they become parts of this one.',
          {
            default: 'text',
            oneOf: ['text', 'multipart'],
          },
        ),
        subtype: string(
          'What kind of text it is: `x-shellscript`, `cloud-config`. If not said, the name of the file without its ending.',
        ),
      }),
      'The parts.',
      { default: [] },
    ),
  },
  async create({ configs, props: { group, parts } }) {
    const written: (Part | string)[] = []
    for (const part of parts) written.push(...(await writtenParts(configs, part)))
    return await configs.keep({ group, config: multipart(written) })
  },
})

interface Said {
  readonly config: string
  readonly filename?: string
  readonly type: string
  readonly subtype?: string
}

async function writtenParts(
  configs: SoftwareConfigs,
  { config, type, filename, subtype }: Said,
): Promise<readonly (Part | string)[]> {
  const content = await configTextOf(configs, config)
  if (type === 'multipart') return partsOf(content) ?? []
  return [{ content, filename: filename || undefined, subtype: subtype || withoutEnding(filename) }]
}

const withoutEnding = (filename: string | undefined): string | undefined =>
  filename?.replace(/(?<=[^.])\.[^.]*$/, '') || undefined

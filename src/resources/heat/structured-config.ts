import { resource } from '../../plugin/index.ts'
import { map } from '../../schema/index.ts'
import { keeping } from './keeping-config.ts'
import { described } from './software-config.ts'

/** What a server can be configured with, for tools that take a map. */
export const StructuredConfig = resource('OS::Heat::StructuredConfig', {
  summary: 'Keeps a map that a server can be configured with.',
  since: '2014.1',
  ...keeping,
  properties: {
    ...described,
    config: map('What the tool takes.'),
  },
  create: ({ configs, props }) => configs.keep({ config: null, ...props }),
})

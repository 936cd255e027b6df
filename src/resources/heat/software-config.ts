import { configInput, configOutput, resource } from '../../plugin/index.ts'
import { list, map, object, string } from '../../schema/index.ts'
import { keeping } from './keeping-config.ts'

/** What can be said of any software config, besides what it is to do. */
export const described = {
  group: string('What it is for: the tool in the server that makes something of it.', {
    default: 'Heat::Ungrouped',
  }),
  options: map('What the tool should know besides.'),
  inputs: list(object(configInput), 'What goes in.'),
  outputs: list(object(configOutput), 'What comes out.'),
}

/** What a server can be configured with: a script, or whatever a tool takes. */
export const SoftwareConfig = resource('OS::Heat::SoftwareConfig', {
  summary: 'Keeps a script, or whatever else a server can be configured with.',
  since: '2014.1',
  ...keeping,
  properties: {
    ...described,
    config: string('The script, or whatever the tool takes.'),
  },
  create: ({ configs, props }) => configs.keep({ config: null, ...props }),
})

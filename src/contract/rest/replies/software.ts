import {
  anything,
  document,
  listOf,
  mapOf,
  moment,
  named,
  orNull,
  record,
  type Told,
  text,
} from '../../reply.ts'
import { id } from './common.ts'

const head = {
  id: id('The ID of the software config.'),
  name: orNull(text('The name that it was given.', 'install')),
  group: orNull(text('The tool that makes something of it.', 'script')),
  creation_time: moment('When it was made.'),
}

export const softwareConfigRow = named(
  'SoftwareConfigRow',
  'One row of a list of software configs.',
  record(head, {
    project: text('The project it belongs to; only administrators are told.', '9f86d081884c'),
  }),
)

export type SoftwareConfigRow = Told<typeof softwareConfigRow>

export const softwareConfig = named(
  'SoftwareConfig',
  'What a server can be configured with.',
  record({
    ...head,
    config: anything('The script, or whatever the tool takes.', '#!/bin/sh\necho ready\n'),
    inputs: listOf('What goes in.', document('One input.', { name: 'port', type: 'Number', default: 80 })),
    outputs: listOf(
      'What comes out.',
      document('One output.', { name: 'done', type: 'String', error_output: false }),
    ),
    options: document('What the tool should know besides.', {}),
  }),
)

export type SoftwareConfigReply = Told<typeof softwareConfig>

const values = (description: string) => mapOf(description, anything('A value.', '8080'), 'port')
const word = (description: string, example: string) => orNull(text(description, example))

export const softwareDeployment = named(
  'SoftwareDeployment',
  'That a server is to be configured with a software config, and what came of it.',
  record(
    {
      id: id('The ID of the software deployment.'),
      server_id: id('The server.'),
      config_id: id('The software config.'),
      input_values: values('Values of its inputs.'),
      output_values: orNull(values('What came of it; null until that is known.')),
      action: word('What it is done for.', 'CREATE'),
      status: word('How far it is.', 'IN_PROGRESS'),
      status_reason: word('Why that is so.', 'Outputs received'),
      creation_time: moment('When it was made.'),
    },
    { updated_time: moment('When it last was changed; absent until then.') },
  ),
)

export type SoftwareDeploymentReply = Told<typeof softwareDeployment>

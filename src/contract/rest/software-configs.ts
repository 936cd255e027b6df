import { any, boolean, integer, list, map, string } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { listOf, nothing, record } from '../reply.ts'
import { softwareConfig, softwareConfigRow } from './replies/software.ts'

const configs = '/v1/{project_id}/software_configs' as const

export const listSoftwareConfigs = endpoint(`GET ${configs}`, {
  summary: 'Lists software configs, the newest first.',
  policy: 'software_configs:index',
  query: {
    limit: integer('At most so many.'),
    marker: string('Only those after the software config of this ID.', {
      example: '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1',
    }),
    global_tenant: boolean('Those of all projects.'),
  },
  reply: record({ software_configs: listOf('The software configs.', softwareConfigRow) }),
})

export const createSoftwareConfig = endpoint(`POST ${configs}`, {
  summary: 'Keeps what servers can be configured with. It is never changed.',
  policy: 'software_configs:create',
  body: {
    name: string('A name for it, which need not be unique.'),
    group: string('What it is for: the tool that makes something of it.'),
    config: any('The script, or whatever the tool takes: a text, or a map.'),
    inputs: list(
      map(),
      'What goes in: maps with a name and perhaps a description, a type, a default, replace_on_change and a value.',
    ),
    outputs: list(
      map(),
      'What comes out: maps with a name and perhaps a description, a type and error_output.',
    ),
    options: map('What the tool should know besides.'),
  },
  example: {
    ...{ name: 'install', group: 'script', config: '#!/bin/sh\necho ready\n' },
    ...{ inputs: [{ name: 'port', type: 'Number', default: 80 }], outputs: [{ name: 'done' }] },
  },
  reply: record({ software_config: softwareConfig }),
})

export const showSoftwareConfig = endpoint(`GET ${configs}/{config_id}`, {
  summary: 'Shows one software config.',
  policy: 'software_configs:show',
  reply: record({ software_config: softwareConfig }),
})

export const deleteSoftwareConfig = endpoint(`DELETE ${configs}/{config_id}`, {
  summary: 'Deletes a software config that no software deployment refers to.',
  policy: 'software_configs:delete',
  status: 204,
  reply: nothing,
})

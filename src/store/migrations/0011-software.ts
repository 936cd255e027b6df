import type { Migration } from '../migrations.ts'

/** What servers are to be configured with, and which server with what. */
export const software: Migration = {
  name: 'software',
  async up({ createTable, createIndex }) {
    await createTable('hearth_software_config', {
      id: ['id', 'key'],
      project_id: ['id'],
      name: ['text', 'null'],
      tool: ['text', 'null'],
      created_at: ['time'],
      deployments: ['integer'],
      document: ['text'],
    })
    await createTable('hearth_software_deployment', {
      id: ['id', 'key'],
      project_id: ['id'],
      stack_user_project_id: ['id', 'null'],
      config_id: ['id'],
      server_id: ['id'],
      action: ['text', 'null'],
      status: ['text', 'null'],
      status_reason: ['text', 'null'],
      created_at: ['time'],
      updated_at: ['time', 'null'],
      input_values: ['text'],
      output_values: ['text', 'null'],
    })
    for (const [name, table, columns] of indexes) await createIndex({ name, table, columns })
  },
}

const [configs, deployments] = ['hearth_software_config', 'hearth_software_deployment'] as const

const indexes = [
  ['hearth_software_config_of_project', configs, ['project_id', 'created_at', 'id']],
  ['hearth_software_config_by_time', configs, ['created_at', 'id']],
  ['hearth_software_deployment_of_project', deployments, ['project_id', 'created_at']],
  ['hearth_software_deployment_of_users', deployments, ['stack_user_project_id', 'created_at']],
  ['hearth_software_deployment_of_server', deployments, ['server_id']],
  ['hearth_software_deployment_by_time', deployments, ['created_at', 'id']],
] as const

import type { Migration, Schema } from '../migrations.ts'

/** Stacks and what belongs to them, deployments and the engines that own them. */
export const firstTables: Migration = {
  name: 'first tables',
  async up(schema) {
    await schema.createTable('hearth_setting', { name: ['id', 'key'], value: ['text'] })
    await stacks(schema)
    await templates(schema)
    await resources(schema)
    await deployments(schema)
    await schema.createTable('hearth_credential', { id: ['id', 'key'], document: ['text'] })
  },
}

async function stacks({ createTable, createIndex }: Schema): Promise<void> {
  await createTable('hearth_stack', {
    id: ['id', 'key'],
    name: ['name'],
    live_name: ['name', 'null'],
    project_id: ['id'],
    parent_id: ['id', 'null'],
    parent_resource_id: ['id', 'null'],
    parent_resource_name: ['text', 'null'],
    root_id: ['id'],
    depth: ['integer'],
    action: ['id'],
    status: ['id'],
    status_reason: ['text'],
    template_id: ['id'],
    previous_template_id: ['id', 'null'],
    disable_rollback: ['integer'],
    timeout_mins: ['integer', 'null'],
    tags: ['text'],
    user_id: ['text'],
    user_name: ['text'],
    credential_id: ['id', 'null'],
    created_at: ['time'],
    updated_at: ['time', 'null'],
    deleted_at: ['time', 'null'],
  })
  const table = 'hearth_stack'
  const columns = ['project_id', 'live_name']
  await createIndex({ name: 'hearth_stack_live_name', table, columns, unique: true })
  await createIndex({
    name: 'hearth_stack_of_project',
    table,
    columns: ['project_id', 'parent_id', 'deleted_at', 'created_at'],
  })
  await createIndex({
    name: 'hearth_stack_of_parent',
    table,
    columns: ['parent_id', 'deleted_at', 'created_at'],
  })
  await createIndex({ name: 'hearth_stack_of_root', table, columns: ['root_id', 'deleted_at'] })

  await createTable('hearth_stack_tag', { stack_id: ['id', 'key'], tag: ['name', 'key'] })
  await createIndex({
    name: 'hearth_stack_tag_stacks',
    table: 'hearth_stack_tag',
    columns: ['tag', 'stack_id'],
  })
}

async function templates({ createTable, createIndex }: Schema): Promise<void> {
  await createTable('hearth_template', {
    id: ['id', 'key'],
    stack_id: ['id'],
    template: ['text'],
    environment: ['text'],
    files_id: ['id', 'null'],
    facade: ['text', 'null'],
  })
  await createIndex({ name: 'hearth_template_of_stack', table: 'hearth_template', columns: ['stack_id'] })
  await createIndex({ name: 'hearth_template_of_files', table: 'hearth_template', columns: ['files_id'] })

  await createTable('hearth_files', { id: ['id', 'key'], content: ['text'], used_at: ['time'] })
  await createIndex({ name: 'hearth_files_by_use', table: 'hearth_files', columns: ['used_at'] })
}

async function resources({ createTable, createIndex }: Schema): Promise<void> {
  await createTable('hearth_resource', {
    id: ['id', 'key'],
    stack_id: ['id'],
    name: ['text'],
    type: ['text'],
    physical_id: ['name', 'null'],
    action: ['id'],
    status: ['id'],
    status_reason: ['text'],
    template_id: ['id'],
    replaces: ['id', 'null'],
    replaced_by: ['id', 'null'],
    created_at: ['time'],
    updated_at: ['time'],
    document: ['text'],
    sealed: ['text', 'null'],
  })
  await createIndex({ name: 'hearth_resource_of_stack', table: 'hearth_resource', columns: ['stack_id'] })
  await createIndex({
    name: 'hearth_resource_by_physical_id',
    table: 'hearth_resource',
    columns: ['physical_id'],
  })

  await createTable('hearth_event', {
    id: ['id', 'key'],
    stack_id: ['id'],
    root_id: ['id'],
    resource_name: ['text'],
    resource_type: ['text'],
    physical_id: ['text'],
    action: ['text'],
    status: ['text'],
    status_reason: ['text'],
    sequence: ['time'],
    created_at: ['time'],
  })
  await createIndex({
    name: 'hearth_event_of_stack',
    table: 'hearth_event',
    columns: ['stack_id', 'created_at', 'sequence'],
  })
}

async function deployments({ createTable, createIndex }: Schema): Promise<void> {
  await createTable('hearth_deployment', {
    stack_id: ['id', 'key'],
    pending: ['integer'],
    engine_id: ['id', 'null'],
    fence: ['time'],
    request: ['time'],
    asked_at: ['time'],
    writes: ['time'],
  })
  await createIndex({
    name: 'hearth_deployment_pending',
    table: 'hearth_deployment',
    columns: ['pending', 'engine_id'],
  })

  await createTable('hearth_engine', {
    id: ['id', 'key'],
    host: ['text'],
    started_at: ['time'],
    seen_at: ['time'],
  })
}

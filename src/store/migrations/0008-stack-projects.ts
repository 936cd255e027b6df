import type { Migration } from '../migrations.ts'

/** The projects in which stacks have users of their own. */
export const stackProjects: Migration = {
  name: 'stack projects',
  async up({ createTable, createIndex }) {
    await createTable('hearth_stack_project', { root_id: ['id', 'key'], project_id: ['id', 'null'] })
    await createIndex({
      name: 'hearth_stack_project_by_id',
      table: 'hearth_stack_project',
      columns: ['project_id'],
    })
  },
}

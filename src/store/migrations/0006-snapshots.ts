import type { Migration } from '../migrations.ts'

/** Stacks as they were once. */
export const snapshots: Migration = {
  name: 'snapshots',
  async up({ createTable, createIndex }) {
    await createTable('hearth_snapshot', {
      id: ['id', 'key'],
      stack_id: ['id'],
      name: ['text', 'null'],
      action: ['id'],
      status: ['id'],
      status_reason: ['text'],
      created_at: ['time'],
      document: ['text', 'null'],
    })
    await createIndex({
      name: 'hearth_snapshot_of_stack',
      table: 'hearth_snapshot',
      columns: ['stack_id', 'created_at'],
    })
  },
}

import type { Migration } from '../migrations.ts'

/** What resources were told from outside, while an engine may be at work on them. */
export const signals: Migration = {
  name: 'signals',
  async up({ createTable, createIndex }) {
    await createTable('hearth_signal', {
      resource_id: ['id', 'key'],
      id: ['name', 'key'],
      stack_id: ['id'],
      content: ['text'],
      created_at: ['time'],
    })
    await createIndex({ name: 'hearth_signal_of_stack', table: 'hearth_signal', columns: ['stack_id'] })
  },
}

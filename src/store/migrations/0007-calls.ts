import type { Migration } from '../migrations.ts'

/** Which calls were carried out, so that one that arrives again is not. */
export const calls: Migration = {
  name: 'calls',
  async up({ createTable, createIndex }) {
    await createTable('hearth_call', { id: ['id', 'key'], carried_out_at: ['time'] })
    await createIndex({ name: 'hearth_call_by_time', table: 'hearth_call', columns: ['carried_out_at'] })
  },
}

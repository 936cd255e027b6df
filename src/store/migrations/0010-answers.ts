import type { Migration } from '../migrations.ts'

/** What calls were answered with, where that could not be told afterwards. */
export const answers: Migration = {
  name: 'answers of calls',
  async up(schema) {
    await schema.addColumn('hearth_call', 'answer', 'text')
  },
}

import type { Migration } from '../migrations.ts'

/** Stacks that are forgotten while their objects stay. */
export const abandonedStacks: Migration = {
  name: 'abandoned stacks',
  async up(schema) {
    await schema.addColumn('hearth_stack', 'keeps_objects', 'integer')
  },
}

import type { Migration } from '../migrations.ts'

/** Stacks that are compared with what is really there. */
export const convergingStacks: Migration = {
  name: 'converging stacks',
  async up(schema) {
    await schema.addColumn('hearth_stack', 'converge', 'integer')
  },
}

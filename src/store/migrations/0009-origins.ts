import type { Migration } from '../migrations.ts'

/** Whose request a deployment is, so that whichever engine takes it up can say so to clouds and in traces. */
export const origins: Migration = {
  name: 'origins',
  async up(schema) {
    await schema.addColumn('hearth_deployment', 'origin', 'text')
  },
}

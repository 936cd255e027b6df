import type { Migration } from '../migrations.ts'

/** What the properties of a resource were when something happened to it. */
export const eventProperties: Migration = {
  name: 'event properties',
  async up(schema) {
    await schema.addColumn('hearth_event', 'properties', 'text')
  },
}

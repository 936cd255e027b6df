import { command } from '../kit/command.ts'

/** `hearth service list` */
export const serviceList = command({
  name: 'service list',
  otherName: 'orchestration service list',
  summary: 'List the engines, and whether they are alive.',
  notes: 'Only administrators may ask for it.',
  example: 'hearth service list',
  shows: { form: 'list' },
  async run({ context }) {
    const { services } = await (await context.connect()).listServices()
    return {
      shows: 'list',
      columns: ['Hostname', 'Binary', 'Engine ID', 'Host', 'Topic', 'Updated At', 'Status'],
      rows: services.map(({ hostname, binary, engine_id, host, topic, updated_at, status }) => [
        hostname,
        binary,
        engine_id,
        host,
        topic,
        updated_at,
        status,
      ]),
    }
  },
})

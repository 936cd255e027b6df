import { command } from '../kit/command.ts'

/** `hearth orchestration build info` */
export const buildInfo = command({
  name: 'orchestration build info',
  summary: 'Show which revision of the service is running.',
  example: 'hearth orchestration build info',
  shows: { form: 'one' },
  async run({ context }) {
    const reply = await (await context.connect()).buildInfo()
    const fields = Object.entries(reply).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return { shows: 'one', fields: fields.map(([name, value]) => [name, JSON.stringify(value, null, 2)]) }
  },
})

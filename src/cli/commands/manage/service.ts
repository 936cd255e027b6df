import { isoSeconds } from '../../../base/clock.ts'
import { command } from '../../kit/command.ts'
import { configFile, managing } from './managing.ts'

const columns = ['Hostname', 'Binary', 'Engine_Id', 'Host', 'Topic', 'Status', 'Updated At']

/** `hearth manage service list` */
export const manageServiceList = command({
  name: 'manage service list',
  summary: 'List the engines, as the database knows them.',
  example: 'hearth manage service list',
  shows: { form: 'list' },
  options: { configFile },
  async run({ options, context }) {
    return await managing(context, options, async (management) => {
      const engines = await management.engines()
      const rows = engines.map(({ id, host, seenAt, isUp }) => [
        ...[host, 'hearth-engine', id, host, 'engine'],
        ...[isUp ? 'up' : 'down', isoSeconds(seenAt)],
      ])
      return { shows: 'list', columns, rows }
    })
  },
})

/** `hearth manage service clean` */
export const manageServiceClean = command({
  name: 'manage service clean',
  summary: 'Forget engines that are down.',
  example: 'hearth manage service clean',
  options: { configFile },
  async run({ options, context }) {
    return await managing(context, options, async (management) => {
      const dead = (await management.engines()).filter(({ isUp }) => !isUp)
      for (const { id } of dead) await management.forgetEngine(id)
      return { shows: 'text', text: 'Dead engines are removed.' }
    })
  },
})

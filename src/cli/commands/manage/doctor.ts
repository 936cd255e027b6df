import { command } from '../../kit/command.ts'
import { configFile, placeOf } from './managing.ts'

/** `hearth manage doctor` */
export const manageDoctor = command({
  name: 'manage doctor',
  summary: 'Look whether the service is set up as it should be, and say what to do where it is not.',
  notes:
    'Looks at settings, database, message broker, Keystone, and the services of the cloud. Changes nothing. The exit code is 1 if something does not work; what only could be better is a warning.',
  example: 'hearth manage doctor --config-file /etc/hearth/hearth.conf\nhearth manage doctor -f json',
  shows: { form: 'list' },
  options: { configFile },
  async run({ options, context }) {
    const findings = await context.parts.examine(placeOf(context, options))
    return {
      shows: 'list',
      columns: ['Check', 'Status', 'Finding', 'What To Do'],
      rows: findings.map(({ check, status, finding, advice }) => [check, status, finding, advice]),
      exitCode: findings.some(({ status }) => status === 'error') ? 1 : 0,
    }
  },
})

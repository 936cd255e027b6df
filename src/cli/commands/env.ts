import { readLocalEnvironment } from '../connect.ts'
import { command } from '../kit/command.ts'

/** `hearth env` */
export const env = command({
  name: 'env',
  summary: 'Print the OS_* variables of the service that `hearth up` started.',
  notes: 'With them set, hearth, openstack and every other OpenStack program use that service.',
  example: 'eval "$(hearth env)"\nopenstack stack list',
  shows: { form: 'one', format: 'export', formats: ['export'] },
  async run({ context }) {
    const directory = context.stateDirectory()
    const variables = await readLocalEnvironment(directory)
    if (variables === undefined) {
      throw new Error(`No service has been started with its state in ${directory}. Start one with: hearth up`)
    }
    const fields = Object.entries(variables)
    return {
      shows: 'one',
      fields,
      texts: {
        export: () => fields.map(([name, value]) => `export ${name}=${shellQuoted(value)}\n`).join(''),
      },
    }
  },
})

const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

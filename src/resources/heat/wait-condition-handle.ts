import { isMap, type Json } from '../../base/json.ts'
import { jsonText, wordOf } from '../../base/text.ts'
import { type Heard, nextNumber, type OwnUser, resource, type Signal } from '../../plugin/index.ts'
import { string } from '../../schema/index.ts'

const transports = [
  'CFN_SIGNAL',
  'TEMP_URL_SIGNAL',
  'HEAT_SIGNAL',
  'NO_SIGNAL',
  'ZAQAR_SIGNAL',
  'TOKEN_SIGNAL',
] as const

/** What a way of signalling takes that is not there. */
const missing: Readonly<Record<string, string>> = {
  CFN_SIGNAL: 'the CloudFormation API, which is',
  TEMP_URL_SIGNAL: 'signals by way of Swift, which are',
  ZAQAR_SIGNAL: 'signals by way of Zaqar, which are',
}

/** Takes the signals that a wait condition waits for, and makes the user who may send them. */
export const WaitConditionHandle = resource('OS::Heat::WaitConditionHandle', {
  summary: 'Takes the signals that a wait condition waits for.',
  since: '2014.2',
  uses: {},
  properties: {
    signal_transport: string(
      'How it is signalled. `TOKEN_SIGNAL`: by a POST to its endpoint with its token; `HEAT_SIGNAL`: through the API, with credentials of a user of its own; `NO_SIGNAL`: never, it counts as signalled. The other ways are not there yet.',
      { default: 'TOKEN_SIGNAL', oneOf: transports, since: '6.0.0' },
    ),
  },
  attributes: {
    token: string('With TOKEN_SIGNAL: the token to signal it with.', { secret: true }),
    endpoint: string('With TOKEN_SIGNAL: where to send signals.'),
    curl_cli: string(
      'With TOKEN_SIGNAL: the beginning of a command that signals it; `--data-binary \'{"status": "SUCCESS"}\'` is to follow.',
      { secret: true },
    ),
    signal: string('All that is needed to signal it, as a JSON text; what that is depends on the way.', {
      secret: true,
    }),
  },
  validate: ({ signal_transport: way }) =>
    typeof way !== 'string' || missing[way] === undefined
      ? []
      : [
          {
            path: ['signal_transport'],
            message: `${way} takes ${missing[way]} not there yet. TOKEN_SIGNAL and HEAT_SIGNAL need nothing but this service.`,
          },
        ],
  async create({ user, notes, props }) {
    const { id } = await user.ensure()
    if (props.signal_transport === 'TOKEN_SIGNAL' && notes.get('token') === undefined) {
      const { signalUrl } = await user.world()
      await notes.set('endpoint', signalUrl)
      await notes.set('token', await user.token(), { secret: true })
    }
    return { id }
  },
  delete: ({ user }) => user.remove(),
  abandon: ({ user }) => user.remove(),
  suspend: { begin: ({ user }) => user.setEnabled(false) },
  resume: { begin: ({ user }) => user.setEnabled(true) },
  signal: ({ details, told }) => heard(details, told),
  compute: {
    token: ({ notes }) => notes.get('token') ?? null,
    endpoint: ({ notes }) => notes.get('endpoint') ?? null,
    async curl_cli({ notes, user }) {
      const [token, endpoint] = [notes.get('token'), notes.get('endpoint')]
      if (token === undefined || endpoint === undefined) return null
      const { insecure } = await user.world()
      const json = "-H 'Content-Type: application/json' -H 'Accept: application/json'"
      return `curl ${insecure ? '--insecure ' : ''}-i -X POST -H 'X-Auth-Token: ${token}' ${json} ${endpoint}`
    },
    signal: async ({ props, user }) => jsonText(await waysOf(props.signal_transport, user)),
  },
})

/** What a signaller needs besides: with a token, nothing that the other attributes do not say. */
async function waysOf(transport: string, user: OwnUser): Promise<object | null> {
  if (transport === 'NO_SIGNAL') return {}
  if (transport !== 'HEAT_SIGNAL') return null
  const { id, name, password, projectId } = await user.ensure()
  const { authUrl, domainId, region, signalUrl } = await user.world()
  return {
    auth_url: authUrl,
    username: name,
    user_id: id,
    password,
    project_id: projectId,
    domain_id: domainId ?? null,
    region_name: region ?? null,
    alarm_url: signalUrl,
  }
}

const keys: ReadonlySet<string> = new Set(['status', 'reason', 'data', 'id'])

/** What is not said of a signal counts as success; its ID is how many came before it, and one, or the next that nobody has. */
function heard(details: Json, told: readonly Signal[]): Heard {
  if (details !== null && !isMap(details)) return refused
  const number = nextNumber(told)
  const said: Readonly<Record<string, Json>> = {
    ...{ reason: `Signal ${number} received`, data: null, status: 'SUCCESS' },
    ...(details as object | null),
  }
  const { status, reason = null, data = null, id = number } = said
  const isKnown = Object.keys(said).every((key) => keys.has(key))
  if (!isKnown || (status !== 'SUCCESS' && status !== 'FAILURE')) return refused
  return {
    is: 'kept',
    signal: { id: wordOf(id), content: { status, data, reason } },
    replaces: 'id' in said,
    says: `status:${status} reason:${wordOf(reason)}`,
  }
}

const refused: Heard = { is: 'refused', reason: 'Metadata format invalid' }

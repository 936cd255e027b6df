import { isMap, type JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { swift } from '../../cloud/swift/index.ts'
import type { Caller } from '../../contract/views.ts'
import type { SoftwareDeploymentRow } from '../../store/rows.ts'
import type { EngineParts } from '../parts.ts'
import { outcomeOf } from '../software-outcome.ts'

/** In bytes. */
const largestSignal = 1024 * 1024

/** A software deployment as it is now: whoever configures the server may have written to Swift what came of it. */
export async function asSignalled(
  parts: EngineParts,
  caller: Caller,
  row: SoftwareDeploymentRow,
): Promise<SoftwareDeploymentRow> {
  if (row.status !== 'IN_PROGRESS') return row
  const [config] = await parts.store.softwareConfigs([row.configId])
  const { inputs = [], outputs = [] } = config?.content ?? {}
  const place = placeIn(inputs)
  if (place === undefined) return row
  try {
    const signal = await signalAt(parts, caller, { ...place, since: row.updatedAt ?? 0 })
    if (signal === undefined) return row
    const change = { ...outcomeOf(outputs, signal.said, row.outputValues), updatedAt: signal.writtenAt }
    const changed = await parts.store.changeSoftwareDeployment(row.id, change)
    return typeof changed === 'string' ? row : changed
  } catch (error) {
    // It is shown as it was: whoever asks again may be luckier.
    parts.log.warn({ deployment: row.id, error: messageOf(error) }, 'A signal in Swift could not be read')
    return row
  }
}

interface Place {
  readonly container: string
  readonly object: string
}

/** Where the signal is written, if it is written to Swift: the address that the server was told ends in it. */
function placeIn(inputs: readonly JsonMap[]): Place | undefined {
  const values = new Map(inputs.map(({ name, value }) => [name, value]))
  const address = values.get('deploy_signal_id')
  if (values.get('deploy_signal_transport') !== 'TEMP_URL_SIGNAL' || typeof address !== 'string')
    return undefined
  const [container, object] = (URL.parse(address)?.pathname ?? '').split('/').slice(-2).map(decoded)
  return container && object ? { container, object } : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function signalAt(
  { access }: EngineParts,
  caller: Caller,
  { container, object, since }: Place & { readonly since: number },
): Promise<{ readonly said: JsonMap; readonly writtenAt: number } | undefined> {
  const client = swift.connect(access.forCaller(caller))
  const seen = await client.look(container, object)
  if (seen === undefined || seen.size === 0 || seen.writtenAt <= since) return undefined
  if (seen.size > largestSignal) throw new Error(`it has ${seen.size} bytes, and may have ${largestSignal}`)
  const content = await client.read(container, object)
  const said: unknown = typeof content === 'string' ? JSON.parse(content) : content
  if (!isMap(said)) throw new Error('it is no map')
  return { said: said as JsonMap, writtenAt: seen.writtenAt }
}

import { createHmac, randomUUID } from 'node:crypto'
import type { Connection } from './connection.ts'

const keyHeader = 'x-account-meta-temp-url-key'

/** Makes an empty object in the object store, and an address at which anybody may write it for so long. */
export async function newSignalUrl(
  connection: Connection,
  { container, minutes, now }: { readonly container: string; readonly minutes: number; readonly now: number },
): Promise<string> {
  const store = connection.service('object-store')
  const object = randomUUID()
  await store.send('PUT', `/${encodeURIComponent(container)}`)
  const key = await keyOf(store)
  const account = store.endpoint.split('/').at(-1) ?? ''
  const path = `/v1/${account}/${encodeURIComponent(container)}/${object}`
  await store.send('PUT', `/${encodeURIComponent(container)}/${object}`)
  const expires = Math.floor(now / 1000) + minutes * 60
  const signature = createHmac('sha256', key)
    .update(`PUT\n${expires}\n${decodeURIComponent(path)}`)
    .digest('hex')
  return `${new URL(store.endpoint).origin}${path}?temp_url_sig=${signature}&temp_url_expires=${expires}`
}

/** The secret that such addresses are signed with; the account gets one if it has none. */
async function keyOf(store: ReturnType<Connection['service']>): Promise<string> {
  const known = (await store.send('HEAD', '')).headers.get(keyHeader)
  if (known !== null) return known
  const fresh = randomUUID()
  await store.send('POST', '', { [keyHeader]: fresh })
  return (await store.send('HEAD', '')).headers.get(keyHeader) ?? fresh
}

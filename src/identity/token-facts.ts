import { authenticate, type CloudError, isCloudError, readToken, type Token } from '../cloud/index.ts'
import type { OwnSession } from './own-session.ts'

/** What Keystone says of a token that somebody showed; `undefined` if it is not good. */
export async function factsOf(
  own: OwnSession,
  token: string,
  { catalog }: { readonly catalog: boolean },
): Promise<Token | undefined> {
  if (!tokenForm.test(token)) return undefined
  const session = await own.open()
  try {
    const { body } = await session.request({
      service: ['identity'],
      method: 'GET',
      path: '/auth/tokens',
      query: { nocatalog: catalog ? undefined : '' },
      headers: { 'x-subject-token': token },
    })
    return readToken(token, body)
  } catch (error) {
    if (isCloudError(error, 'not-found') || isCloudError(error, 'bad-request')) return undefined
    if (isCloudError(error, 'forbidden')) return toldByItself(own, token, error)
    throw error
  }
}

/** Anything else can't be a header, so it can't be a token. */
const tokenForm = /^[\x21-\x7e]{1,16384}$/

/** A plain user may not ask about others' tokens; but whoever has a token may ask about that. */
async function toldByItself(own: OwnSession, token: string, refusal: CloudError): Promise<Token | undefined> {
  const { transport, authUrl } = own.connection
  try {
    return await authenticate(transport, authUrl, { by: 'token', token })
  } catch (error) {
    if (isCloudError(error, 'unauthorized') || isCloudError(error, 'not-found')) return undefined
    throw isCloudError(error, 'forbidden') ? refusal : error
  }
}

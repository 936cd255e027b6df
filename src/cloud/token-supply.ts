import { abortable } from './abortable.ts'
import { authenticate, type Credential, isRenewable } from './auth.ts'
import { isCloudError } from './error.ts'
import type { Token } from './token.ts'
import type { Transport } from './transport.ts'

/** Where a session gets its tokens: one at a time, renewed before it ends and when a service refuses it. */
export interface TokenSupply {
  /** The token of the moment, perhaps about to end. */
  readonly current: Token
  /** A token that is still good for a while. */
  token(signal?: AbortSignal): Promise<Token>
  /** Another token in place of one that was refused; `undefined` if there is no way to get one. */
  instead(refused: Token, signal?: AbortSignal): Promise<Token | undefined>
}

/** A token is renewed this long before its end, or in the last tenth of its life if that is shorter. */
const renewBeforeMs = 120_000

/** Authenticates, and goes on doing so as often as needed; whoever asks while that is under way waits for the same. */
export async function supplyTokens(
  transport: Transport,
  authUrl: string,
  credential: Credential,
): Promise<TokenSupply> {
  const renewable = isRenewable(credential)
  let current = await authenticate(transport, authUrl, credential)
  let renewing: Promise<Token> | undefined

  function renew(): Promise<Token> {
    renewing ??= authenticate(transport, authUrl, credential)
      .then((token) => {
        current = token
        return token
      })
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }

  return {
    get current() {
      return current
    },

    async token(signal) {
      const { clock } = transport
      const old = current
      if (!renewable || !endsSoon(old, clock.now())) return old
      try {
        return await abortable(renew(), signal)
      } catch (error) {
        // While Keystone can't be reached, the old token does for as long as it lives.
        if (isCloudError(error, 'unavailable') && old.expiresAt > clock.now()) return old
        throw error
      }
    },

    async instead(refused, signal) {
      if (!renewable) return undefined
      return current === refused ? abortable(renew(), signal) : current
    },
  }
}

function endsSoon({ issuedAt, expiresAt }: Token, now: number): boolean {
  return expiresAt - now < Math.min(renewBeforeMs, (expiresAt - issuedAt) / 10)
}

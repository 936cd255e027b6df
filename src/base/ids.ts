import { randomBytes, randomUUID } from 'node:crypto'

/** A new random identifier, as OpenStack makes them. */
export const uuid = (): string => randomUUID()

/** A UUID without dashes: how Keystone writes project and user IDs. */
export const hexId = (): string => randomBytes(16).toString('hex')

const uuidForm = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** Whether a text is a UUID, with dashes or without: clouds then take it for an ID before they try it as a name. */
export const isUuid = (text: string): boolean => uuidForm.test(text)

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * The twelve base-32 characters that Heat puts at the end of a physical resource name, from the resource's own UUID,
 * so that a name found in a cloud leads back to one resource.
 */
export function shortId(id: string): string {
  const digits = id.replaceAll('-', '').slice(0, 15).padStart(15, '0')
  let text = ''
  // Five hexadecimal digits are four of these, and a number that is added up fast.
  for (let start = 0; start < 15; start += 5) {
    const bits = Number.parseInt(digits.slice(start, start + 5), 16)
    for (let shift = 15; shift >= 0; shift -= 5) text += alphabet[(bits >> shift) & 31]
  }
  return text
}

import { isMap } from '../../base/json.ts'
import type { Call } from '../kit/call.ts'
import { badRequest, conflict, forbidden } from '../kit/refusal.ts'
import { mustFit, mustMayPublish, own, readOnly } from './image-shape.ts'
import type { Image } from './kinds.ts'

interface Change {
  readonly op: 'add' | 'replace' | 'remove'
  readonly name: string
  readonly value: unknown
}

/** What a JSON patch makes of an image. */
export function patched(call: Call, image: Image): Partial<Image> {
  const known: Record<string, unknown> = {}
  const extra: Record<string, unknown> = { ...image.extra }
  for (const change of changesIn(call.body)) {
    if (readOnly.includes(change.name) || change.name === 'id')
      throw forbidden(`Attribute '${change.name}' is read-only.`)
    if ((own as readonly string[]).includes(change.name)) changeOwn(known, change)
    else changeExtra(extra, change)
  }
  mustMayPublish(call, known.visibility)
  mustFit({ ...known, ...extra })
  return { ...(known as Partial<Image>), extra }
}

function changesIn(body: unknown): Change[] {
  if (!Array.isArray(body)) throw badRequest('Request body must be a JSON array of operation objects.')
  return body.map((each: unknown) => {
    if (!isMap(each)) throw badRequest('Operations must be JSON objects.')
    const op = String(each.op)
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw badRequest('Operations must be one of: add, replace, remove.')
    const [, name = ''] = String(each.path).split('/')
    if (op !== 'remove' && each.value === undefined)
      throw badRequest(`Operation "${op}" requires a member named "value".`)
    return { op, name: name.replaceAll('~1', '/').replaceAll('~0', '~'), value: each.value }
  })
}

function changeOwn(known: Record<string, unknown>, { op, name, value }: Change): void {
  if (op === 'remove') throw forbidden(`Property ${name} may not be removed.`)
  known[name] = value
}

function changeExtra(extra: Record<string, unknown>, { op, name, value }: Change): void {
  const has = Object.hasOwn(extra, name)
  if (op !== 'add' && !has) throw conflict(`Property ${name} does not exist.`)
  if (op === 'remove') delete extra[name]
  else extra[name] = value
}

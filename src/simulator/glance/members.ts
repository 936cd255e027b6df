import { isoSeconds } from '../../base/clock.ts'
import { isMap } from '../../base/json.ts'
import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, forbidden, notFound } from '../kit/refusal.ts'
import { imageOf, ownImage } from './images.ts'
import { type ImageMember, imageMembers } from './kinds.ts'

const base = '/v2/images/:id/members'

/** The routes by which images are shared with single projects. */
export const memberRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => {
    const image = imageOf(call)
    const all = call.world.of(imageMembers).where('image_id', image.id)
    const mine =
      call.caller.admin || image.owner === call.caller.projectId
        ? all
        : all.filter((each) => each.member_id === call.caller.projectId)
    return answer({ members: mine.map(view), schema: '/v2/schemas/members' })
  }),
  route(`POST ${base}`, (call) => {
    const image = ownImage(call)
    if (image.visibility !== 'shared') throw forbidden('Only shared images have members.')
    const member = isMap(call.body) ? call.body.member : undefined
    if (typeof member !== 'string' || member === '') throw badRequest("Member can't be empty")
    const id = `${image.id}:${member}`
    if (call.world.of(imageMembers).get(id) !== undefined)
      throw conflict(`Image member ${member} already exists for image ${image.id}`)
    const now = isoSeconds(call.world.now())
    return answer(
      view(
        call.world.of(imageMembers).add({
          id,
          image_id: image.id,
          member_id: member,
          status: 'pending',
          created_at: now,
          updated_at: now,
        }),
      ),
    )
  }),
  route(`GET ${base}/:member`, (call) => answer(view(memberOf(call)))),
  route(`PUT ${base}/:member`, (call) => {
    const member = memberOf(call)
    const status = isMap(call.body) ? String(call.body.status) : ''
    if (!['pending', 'accepted', 'rejected'].includes(status))
      throw badRequest(`Status must be "pending", "accepted" or "rejected"`)
    const changes = { status, updated_at: isoSeconds(call.world.now()) }
    return answer(view(call.world.of(imageMembers).change(member.id, changes) ?? member))
  }),
  route(`DELETE ${base}/:member`, (call) => {
    ownImage(call)
    call.world.of(imageMembers).remove(memberOf(call).id)
    return nothing()
  }),
]

function memberOf(call: Call): ImageMember {
  const member = call.world.of(imageMembers).get(`${imageOf(call).id}:${param(call, 'member')}`)
  if (member === undefined)
    throw notFound(`${param(call, 'member')} not found in the member list of the image ${param(call)}.`)
  return member
}

const view = ({ id: _id, ...member }: ImageMember): object => ({ ...member, schema: '/v2/schemas/member' })

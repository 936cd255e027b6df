import { any } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { nothing } from '../reply.ts'

const ofNoMatter = (description: string) => any(`${description} The value is of no matter.`)

/** What can be done to a stack as it is: the keys of which a body has exactly one. */
export const actions = {
  suspend: ofNoMatter('Suspends what the stack made, users before what they need.'),
  resume: ofNoMatter('Resumes what was suspended.'),
  check: ofNoMatter('Looks whether all that the stack made is there and in order.'),
  cancel_update: ofNoMatter(
    'Gives up the update that is under way, and takes the stack back to what it was.',
  ),
  cancel_without_rollback: ofNoMatter(
    'Gives up the update or creation that is under way, and leaves things so.',
  ),
}

export const actOnStack = endpoint('POST /v1/{project_id}/stacks/{stack_name}/{stack_id}/actions', {
  summary: 'Does one of these to a stack. Each has a policy rule of its own, `actions:suspend` and so on.',
  policy: 'actions:action',
  body: actions,
  open: true,
  exclusive: true,
  example: { check: null },
  reply: nothing,
})

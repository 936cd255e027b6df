import { named, record, type Told, text } from '../../reply.ts'

const uuid = '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1'

export const id = (description: string) => text(description, uuid)

export const link = named(
  'Link',
  'The address of something related.',
  record({
    href: text('The address.', `http://127.0.0.1:8004/v1/9f86d081884c/stacks/web/${uuid}`, {
      format: 'uri-reference',
    }),
    rel: text('What is there: self, stack, nested, resource, root_stack or next.', 'self'),
  }),
)

export type LinkReply = Told<typeof link>

export const identity = named(
  'Identity',
  'A stack, or something in one, as previews name it.',
  record({
    tenant: text('The project.', '9f86d081884c'),
    stack_name: text('The name of the stack.', 'web'),
    stack_id: id('The ID of the stack.'),
    path: text('Where in the stack it is; empty for the stack itself.', '/resources/server'),
  }),
)

export type IdentityReply = Told<typeof identity>

const states = '(IN_PROGRESS|COMPLETE|FAILED)'

/** An action and how far it is, of a stack or a resource. */
export const status = (description: string) =>
  text(`${description} An action and how far it is.`, 'CREATE_COMPLETE', { pattern: `^[A-Z]+_${states}$` })

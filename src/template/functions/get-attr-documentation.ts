import type { Argument, Documentation, Example } from '../documentation.ts'

const asked: readonly Argument[] = [
  { name: 'RESOURCE', kind: 'text', meaning: 'A resource of this template.' },
  { name: 'ATTRIBUTE', kind: 'text', meaning: 'One of the attributes of its type.' },
  {
    name: 'KEY',
    kind: 'text or number',
    meaning:
      'A key of a map or an index of a list, counted from zero; one after another they lead into the attribute.',
    optional: true,
  },
]

const withAddress = { attributes: { server: { first_address: '192.0.2.7' } } }
const withNetworks = { attributes: { server: { networks: { private: ['192.0.2.7', '2001:db8::7'] } } } }

const examples: readonly Example[] = [
  { call: 'get_attr: [server, first_address]', where: withAddress, gives: '192.0.2.7' },
  {
    shows: 'A path leads into the attribute',
    call: 'get_attr: [server, networks, private, 1]',
    where: withNetworks,
    gives: '"2001:db8::7"',
  },
  {
    shows: 'A path to nothing gives null',
    call: 'get_attr: [server, networks, public, 0]',
    where: withNetworks,
    gives: 'null',
  },
  {
    shows: 'The resource must be there',
    call: 'get_attr: [sever, first_address]',
    where: withAddress,
    refuses: 'The specified reference "sever" (in unknown) is incorrect.',
  },
]

const notes: readonly string[] = [
  'A resource whose properties or metadata call it waits until the other one is there.',
  'An attribute that the type does not have is an error before anything is made, and so is a resource that is not in the template or that its `condition` leaves out.',
  'Where the other resource was never made, or has been deleted, it gives null; so does a path that leads nowhere.',
]

const documentation: Documentation = {
  summary: 'Gives an attribute of a resource, or a part of it.',
  usage: 'get_attr: [RESOURCE, ATTRIBUTE, KEY, …]',
  arguments: asked,
  examples,
  notes,
}

/** What authors should know of the first `get_attr`. */
export const firstGetAttr: Documentation = {
  ...documentation,
  notes: [
    ...notes,
    'The whole attribute is fetched and the path followed in it afterwards. A path that the resource itself would have to follow, such as one into the members of a group, leads nowhere.',
  ],
}

/** What authors should know of the second `get_attr`. */
export const secondGetAttr: Documentation = {
  ...documentation,
  changes:
    'the resource follows the path itself, so that groups and nested stacks give parts that are not in their whole attributes.',
}

/** What authors should know of the third `get_attr`. */
export const thirdGetAttr: Documentation = {
  ...documentation,
  usage: 'get_attr: [RESOURCE, ATTRIBUTE, KEY, …]\nget_attr: [RESOURCE]',
  arguments: asked.map((one) => (one.name === 'ATTRIBUTE' ? { ...one, optional: true } : one)),
  examples: [
    ...examples.slice(0, -1),
    {
      shows: 'All attributes of a resource',
      call: 'get_attr: [volume]',
      where: { attributes: { volume: { size: 10, status: 'in-use' } } },
      gives: '{ size: 10, status: in-use }',
    },
    ...examples.slice(-1),
  ],
  notes: [...notes, 'All attributes are those that the page of the type lists, but for `show`.'],
  changes: 'with the name of a resource alone it gives a map of all its attributes.',
}

import type { Argument, Documentation, Example } from '../documentation.ts'

const choice: readonly Argument[] = [
  {
    name: 'CONDITION',
    kind: 'condition',
    meaning:
      'The name of a condition that the template defines, `true`, `false`, or a call that gives a condition.',
  },
  { name: 'VALUE', kind: 'any value', meaning: 'What is given if the condition holds.' },
  { name: 'OTHER', kind: 'any value', meaning: 'What is given if it does not.' },
]

const chosen: readonly Example[] = [
  {
    call: 'if: [is_production, m1.large, m1.small]',
    where: { conditions: { is_production: true } },
    gives: 'm1.large',
  },
  {
    shows: 'The condition may be written out',
    call: 'if: [{ equals: [{ get_param: exposure }, public] }, 443, 8443]',
    where: { parameters: { exposure: 'internal' } },
    gives: '8443',
  },
  {
    shows: 'The value that is not chosen may ask for what is not there',
    call: 'if: [with_volume, { get_attr: [volume, size] }, 0]',
    where: { conditions: { with_volume: false } },
    gives: '0',
  },
]

const refused: Example = {
  shows: 'The condition must be there',
  call: 'if: [is_prodution, m1.large, m1.small]',
  where: { conditions: { is_production: true } },
  refuses: 'Invalid condition "is_prodution"',
}

/** What authors should know of the `if` of two values. */
export const ofTwo: Documentation = {
  summary: 'Chooses a value by a condition.',
  usage: 'if: [CONDITION, VALUE, OTHER]',
  arguments: choice,
  examples: [...chosen, refused],
  notes: [
    'Only the value that is chosen is worked out. The other one may call for a resource that the same condition leaves out.',
    'A text as its first argument is always the name of a condition: `"true"` is no truth value there, `true` is.',
  ],
}

const dropping: readonly Example[] = [
  {
    shows: 'Without a second value, the item is left out of its list',
    call: '[web, { if: [with_admin, admin] }, db]',
    where: { conditions: { with_admin: false } },
    gives: '[web, db]',
  },
  {
    shows: 'Or the key out of its map',
    call: `name: web
key_name: { if: [with_key, { get_param: key }] }`,
    where: { conditions: { with_key: false }, parameters: { key: 'mine' } },
    gives: 'name: web',
  },
]

/** What authors should know of the `if` that may do without a second value. */
export const ofOneOrTwo: Documentation = {
  ...ofTwo,
  usage: 'if: [CONDITION, VALUE, OTHER]\nif: [CONDITION, VALUE]',
  arguments: choice.map((one) => (one.name === 'OTHER' ? { ...one, optional: true } : one)),
  examples: [...chosen, ...dropping, refused],
  notes: [
    ...(ofTwo.notes ?? []),
    'Without OTHER, a condition that does not hold takes away the item of the list, the key of the map or the property that the call is the value of. Where nothing holds the call, as in an output, it gives null.',
  ],
  changes:
    'the second value may be left out; a false condition then takes away what the call is the value of.',
}

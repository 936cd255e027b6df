import { randomInt } from 'node:crypto'
import { resource } from '../../plugin/index.ts'
import { hasUnknown, integer, list, object, string } from '../../schema/index.ts'

const lowercase = 'abcdefghijklmnopqrstuvwxyz'
const uppercase = lowercase.toUpperCase()
const digits = '0123456789'

const classes = {
  lettersdigits: lowercase + uppercase + digits,
  letters: lowercase + uppercase,
  lowercase,
  uppercase,
  digits,
  hexdigits: `${digits}ABCDEF`,
  octdigits: digits.slice(0, 8),
} as const

const classNames = [
  'lettersdigits',
  'letters',
  'lowercase',
  'uppercase',
  'digits',
  'hexdigits',
  'octdigits',
] as const
const atLeast = (what: string) =>
  integer(`The least number of characters from ${what} that there will be.`, {
    default: 1,
    range: { min: 1, max: 512 },
  })

/** A random text, made once and kept: for passwords and secrets. */
export const RandomString = resource('OS::Heat::RandomString', {
  summary: 'A random text, made when the stack is and kept, for passwords and secrets.',
  since: '2014.1',
  uses: {},
  inert: true,
  secret: true,
  properties: {
    length: integer('How long the text is.', { default: 32, range: { min: 1, max: 512 } }),
    sequence: string('The characters to take it from.', {
      oneOf: classNames,
      since: '5.0.0',
      support: 'HIDDEN',
    }),
    character_classes: list(
      object({
        class: string('The name of a set of characters.', { default: 'lettersdigits', oneOf: classNames }),
        min: atLeast('this class'),
      }),
      'The sets of characters to take it from.',
      { default: [{ class: 'lettersdigits', min: 1 }] },
    ),
    character_sequences: list(
      object({
        sequence: string('The characters themselves.', { required: true }),
        min: atLeast('this sequence'),
      }),
      'The characters to take it from, written out.',
    ),
    salt: string('Any text: changing it makes another random text.'),
  },
  attributes: { value: string('The random text. get_resource gives it too.', { secret: true }) },
  validate(props) {
    if (hasUnknown(props)) return []
    const { length = 32, character_classes: named = [], character_sequences: written = [] } = props
    const least = [...named, ...written].reduce((sum, { min }) => sum + min, 0)
    return least <= length
      ? []
      : [
          {
            path: ['length'],
            message:
              'Length property cannot be smaller than combined character class and character sequence minimums',
          },
        ]
  },
  async create({ self, props, notes }) {
    await notes.set('value', randomText(props), { secret: true })
    return { id: self.physicalName }
  },
  reference: ({ notes, id }) => notes.get('value') ?? id,
  compute: { value: ({ notes }) => notes.get('value') ?? null },
})

interface Wish {
  readonly length: number
  readonly sequence?: keyof typeof classes
  readonly character_classes: readonly { readonly class: keyof typeof classes; readonly min: number }[]
  readonly character_sequences?: readonly { readonly sequence: string; readonly min: number }[]
}

function randomText({
  length,
  sequence,
  character_classes: named,
  character_sequences: written = [],
}: Wish): string {
  const asked = sequence === undefined ? named : [{ class: sequence, min: 1 }]
  const sets = [
    ...asked.map((one) => ({ characters: classes[one.class], min: one.min })),
    ...written.map((one) => ({ characters: one.sequence, min: one.min })),
  ].filter(({ characters }) => characters !== '')
  const all = sets.map(({ characters }) => characters).join('') || classes.lettersdigits
  const chosen = sets.flatMap(({ characters, min }) => Array.from({ length: min }, () => pick(characters)))
  while (chosen.length < length) chosen.push(pick(all))
  return shuffled(chosen).join('')
}

const pick = (characters: string): string => characters[randomInt(characters.length)] ?? ''

function shuffled(characters: readonly string[]): readonly string[] {
  const result = [...characters]
  for (let i = result.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    const [a = '', b = ''] = [result[i], result[j]]
    result[i] = b
    result[j] = a
  }
  return result
}

import { isMap } from '../../../base/json.ts'
import { shownAs } from '../../../base/text.ts'
import { nearest } from '../../../schema/index.ts'
import { itemsOf } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'

/** A value of the template's mappings. */
export const findInMap = templateFunction('Fn::FindInMap', {
  summary: 'Gives a value out of the mappings of the template.',
  usage: '"Fn::FindInMap": [MAP, KEY, VALUE]',
  arguments: [
    { name: 'MAP', kind: 'text', meaning: 'One of the `Mappings` of the template.' },
    { name: 'KEY', kind: 'text', meaning: 'A key of it.' },
    { name: 'VALUE', kind: 'text', meaning: 'A key of what the map has there.' },
  ],
  examples: [
    {
      call: '"Fn::FindInMap": [Images, here, "64"]',
      gives: 'ubuntu-24.04',
      where: { mappings: { Images: { here: { '32': 'debian-12', '64': 'ubuntu-24.04' } } } },
    },
    {
      shows: 'A parameter chooses',
      call: '"Fn::FindInMap": [Sizes, { Ref: Environment }, Flavor]',
      gives: 'm1.large',
      where: {
        parameters: { Environment: 'production' },
        mappings: { Sizes: { staging: { Flavor: 'm1.small' }, production: { Flavor: 'm1.large' } } },
      },
    },
    {
      shows: 'What is asked for must be there',
      call: '"Fn::FindInMap": [Images, here, "16"]',
      refuses: "The mappings have no '16' under 'Images', 'here'",
      where: { mappings: { Images: { here: { '64': 'ubuntu-24.04' } } } },
    },
  ],
  notes: [
    'A map, key or value that is not there is an error, never null.',
    'A number finds the key of its digits: `64` finds `"64"`.',
  ],
  names: 'mapping',
  misuse: (args) =>
    itemsOf(args)?.length === 3
      ? undefined
      : 'Arguments to "Fn::FindInMap" must be of the form [mapping, key, value]',
  evaluate(args, run) {
    const [map, key, value] = args as readonly unknown[]
    if (typeof map !== 'string') throw new Refusal('The mapping in "Fn::FindInMap" must be a string')
    const section = run.scope.mapping(map)
    if (section === undefined) throw new Refusal(`The template has no mapping ${shownAs(map)}`)
    return entryOf(entryOf(section, key, [map]), value, [map, key])
  },
})

function entryOf(from: unknown, key: unknown, path: readonly unknown[]): unknown {
  const place = path.map(shownAs).join(', ')
  if (!isMap(from)) throw new Refusal(`What the mappings have under ${place} is no map`)
  const name = typeof key === 'number' ? String(key) : key
  if (typeof name === 'string' && Object.hasOwn(from, name)) return from[name]
  const meant = typeof name === 'string' ? nearest(name, Object.keys(from)) : undefined
  throw new Refusal(`The mappings have no ${shownAs(key)} under ${place}`, 'FunctionFailed', meant)
}

import { put } from '../../../base/json.ts'
import { shownAs } from '../../../base/text.ts'
import { dataOf, itemsOf } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'
import { spendItems } from '../../spend.ts'

const form = "{'Fn::MemberListToMap': ['Name', 'Value', ['.member.0.Name=key', '.member.0.Value=door']]}"

/** Makes a map of a list of numbered names and values. */
export const memberListToMap = templateFunction('Fn::MemberListToMap', {
  summary: 'Makes a map of a list of numbered names and values.',
  usage: '"Fn::MemberListToMap": [NAME, VALUE, LIST]',
  arguments: [
    { name: 'NAME', kind: 'text', meaning: 'What names are called in the list.' },
    { name: 'VALUE', kind: 'text', meaning: 'What values are called in it.' },
    {
      name: 'LIST',
      kind: 'list of texts',
      meaning: 'The names and values, each as `.member.NUMBER.WHAT=TEXT`.',
    },
  ],
  examples: [
    {
      call: '"Fn::MemberListToMap": [Name, Value, [.member.0.Name=colour, .member.0.Value=red]]',
      gives: '{ colour: red }',
    },
    {
      shows: 'In the order of the numbers; one without a value is left out',
      call: `"Fn::MemberListToMap":
  - Name
  - Value
  - [.member.1.Name=size, .member.1.Value=10, .member.0.Name=colour, .member.0.Value=red, .member.2.Name=lost]`,
      gives: '{ colour: red, size: "10" }',
    },
    {
      shows: 'Each item needs an =',
      call: '"Fn::MemberListToMap": [Name, Value, [.member.0.Name]]',
      refuses: "Member list items must be of the form .member.0.Name=key, not '.member.0.Name'",
    },
  ],
  notes: ['All values are texts.', 'Items that do not begin with `.member.` and a number are passed over.'],
  misuse(args) {
    const items = itemsOf(args)
    if (items?.length !== 3) return `Wrong Arguments try: "${form}"`
    if (typeof dataOf(items[0]) !== 'string') return 'Fn::MemberListToMap Key Name must be a string'
    return typeof dataOf(items[1]) === 'string'
      ? undefined
      : 'Fn::MemberListToMap Value Name must be a string'
  },
  evaluate(args, run) {
    const [nameKey, valueKey, list] = args as readonly [string, string, unknown]
    if (!Array.isArray(list)) throw new Refusal('Member list must be a list')
    spendItems(run, list.length)
    const map: Record<string, unknown> = {}
    for (const member of membersIn(list)) {
      const name = member.get(nameKey)
      const value = member.get(valueKey)
      if (name !== undefined && value !== undefined) put(map, name, value)
    }
    return map
  },
})

/** The members by their number, the lowest first, each with what was said of it. */
function membersIn(list: readonly unknown[]): readonly ReadonlyMap<string, string>[] {
  const members = new Map<bigint, Map<string, string>>()
  for (const item of list) {
    if (typeof item !== 'string') throw new Refusal('Member list items must be strings')
    const at = item.indexOf('=')
    if (at < 0)
      throw new Refusal(`Member list items must be of the form .member.0.Name=key, not ${shownAs(item)}`)
    const [, number, key] = /^\.member\.([0-9]{1,100})\.(.*)/.exec(item.slice(0, at)) ?? []
    if (number === undefined || key === undefined) continue
    const member = members.get(BigInt(number)) ?? new Map<string, string>()
    members.set(BigInt(number), member.set(key, item.slice(at + 1)))
  }
  return [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member)
}

import { put, spendItems } from '../../evaluate.ts'
import { dataOf, itemsOf } from '../../expression.ts'
import { Refusal, templateFunction } from '../../function.ts'
import { shownAs } from '../../text.ts'

const form = "{'Fn::MemberListToMap': ['Name', 'Value', ['.member.0.Name=key', '.member.0.Value=door']]}"

/** Makes a map of a list of numbered names and values. */
export const memberListToMap = templateFunction('Fn::MemberListToMap', {
  summary: 'Makes a map of a list of numbered names and values.',
  example: '"Fn::MemberListToMap": [Name, Value, [.member.0.Name=colour, .member.0.Value=red]]',
  examples: [
    {
      call: '"Fn::MemberListToMap": [Name, Value, [.member.0.Name=colour, .member.0.Value=red]]',
      gives: '{ colour: red }',
    },
  ],
  notes: [
    'The first two arguments say what the names and the values are called in the list.',
    'A number that lacks its name or its value is left out.',
  ],
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

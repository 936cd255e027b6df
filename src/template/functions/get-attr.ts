import { noted, select } from '../evaluate.ts'
import { type Expression, dataOf, itemsOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'

const summary = 'Gives an attribute of a resource, or a part of it.'
const example = 'get_attr: [server, addresses, private, 0, addr]'
const notAList = 'Argument to "get_attr" must be a list'
const form = 'Arguments to "get_attr" must be of the form [resource_name, attribute, (path), ...]'

/** An attribute of a resource; a path into it is followed here, after the whole attribute was fetched. */
export const getAttrThenSelect = templateFunction('get_attr', {
  summary,
  example,
  misuse: needsAttribute,
  evaluate(args, run, call) {
    const [resource, ...path] = parts(args)
    const value = run.scope.attribute(resource, path.slice(0, 1), call)
    return noted(select(value, path.slice(1)), run)
  },
})

/** An attribute of a resource; the resource follows the path itself, so that it need not fetch all of it. */
export const getAttr = templateFunction('get_attr', {
  summary,
  example,
  misuse: needsAttribute,
  evaluate(args, run, call) {
    const [resource, ...path] = parts(args)
    return noted(run.scope.attribute(resource, path, call), run)
  },
})

/** As before; with the name of a resource alone, a map of all its attributes. */
export const getAttrOrAll = templateFunction('get_attr', {
  summary,
  example,
  misuse(args) {
    if (itemsOf(args) !== undefined) return itemsOf(args)?.length === 0 ? allForm : undefined
    return dataOf(args) ? notAList : allForm
  },
  evaluate: getAttr.evaluate,
})

const allForm = 'Arguments to "get_attr" can be of the next forms: [resource_name] or [resource_name, attribute, (path), ...]'

function needsAttribute(args: Expression): string | undefined {
  const items = itemsOf(args)
  if (items === undefined) return notAList
  return items.length < 2 ? form : undefined
}

function parts(args: unknown): [resource: string, ...path: (string | number)[]] {
  if (!Array.isArray(args)) throw new Refusal(notAList)
  const [resource, ...path] = args as readonly unknown[]
  if (typeof resource !== 'string') throw new Refusal('The resource name in "get_attr" must be a string')
  if (!path.every((part) => typeof part === 'string' || typeof part === 'number')) {
    throw new Refusal('Path components in attributes must be strings')
  }
  return [resource, ...path]
}

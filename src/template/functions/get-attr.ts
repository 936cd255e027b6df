import { wordOf } from '../../base/text.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { Evaluation } from '../evaluate.ts'
import { type Expression, isCompound, itemsOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { isNothing } from '../nothing.ts'
import { select } from '../select.ts'
import { noted } from '../spend.ts'
import { firstGetAttr, secondGetAttr, thirdGetAttr } from './get-attr-documentation.ts'

const notAList = 'Argument to "get_attr" must be a list'
const form = 'Arguments to "get_attr" must be of the form [resource_name, attribute, (path), ...]'

/** An attribute of a resource; a path into it is followed here, after the whole attribute was fetched. */
export const getAttrThenSelect = templateFunction('get_attr', {
  ...firstGetAttr,
  names: 'attribute',
  partial: true,
  places: 2,
  misuse: (args) => needsAttribute(args) ?? wrongName(args, 2),
  evaluate: (args, run, call) =>
    fetchAttribute(args, { run, name: 'get_attr' }, (resource, path) =>
      select(run.scope.attribute(resource, path.slice(0, 1), call), path.slice(1)),
    ),
})

/** An attribute of a resource; the resource follows the path itself, so that it need not fetch all of it. */
export const getAttr = templateFunction('get_attr', {
  ...secondGetAttr,
  names: 'attribute',
  partial: true,
  places: 2,
  misuse: (args) => needsAttribute(args) ?? wrongName(args),
  evaluate: (args, run, call) =>
    fetchAttribute(args, { run, name: 'get_attr' }, (resource, path) =>
      run.scope.attribute(resource, path, call),
    ),
})

/** As before; with the name of a resource alone, a map of all its attributes. */
export const getAttrOrAll = templateFunction('get_attr', {
  ...thirdGetAttr,
  names: 'attribute',
  partial: true,
  places: 2,
  misuse(args) {
    if (itemsOf(args) !== undefined) return itemsOf(args)?.length === 0 ? allForm : wrongName(args)
    return args.is === 'data' && isNothing(args.value) ? allForm : notAList
  },
  evaluate(args, run, call) {
    const isWhole = Array.isArray(args) && (args[1] ?? null) === null
    return getAttr.evaluate(isWhole ? args.slice(0, 1) : args, run, call)
  },
})

const allForm =
  'Arguments to "get_attr" can be of the next forms: [resource_name] or [resource_name, attribute, (path), ...]'

function needsAttribute(args: Expression): string | undefined {
  const items = itemsOf(args)
  if (items === undefined) return notAList
  return items.length < 2 ? form : undefined
}

const notAName = 'The resource name in "get_attr" must be a string'
const notAnAttribute = 'The attribute in "get_attr" must be a string'

/** What is wrong with names that were written as lists or maps, among so many first arguments. */
function wrongName(args: Expression, count?: number): string | undefined {
  const [resource, attribute, ...path] = itemsOf(args)?.slice(0, count) ?? []
  if (isCompound(resource)) return notAName
  if (isCompound(attribute)) return notAnAttribute
  return path.some(isCompound) ? 'Path components in attributes must be strings' : undefined
}

/** Fetches what can be; where part of the path is not known yet, the attribute is asked for only to make the need known. */
export function fetchAttribute(
  args: unknown,
  { run, name }: { readonly run: Evaluation; readonly name: string },
  fetch: (resource: string, path: readonly (string | number)[]) => unknown,
): unknown {
  if (!Array.isArray(args)) throw new Refusal(notAList)
  const [resource, ...path] = args as readonly unknown[]
  if (resource === UNKNOWN) return noted(UNKNOWN, run)
  if (typeof resource === 'object' && resource !== null)
    throw new Refusal(`The resource name in "${name}" must be a string`)
  const [first] = path
  if (first !== undefined && first !== UNKNOWN && !isStep(first)) {
    // The need of the resource is there all the same.
    fetch(wordOf(resource), [])
    throw new Refusal(`The attribute in "${name}" must be a string`)
  }
  // What is no step leads nowhere, but not before the attribute itself was asked for.
  const end = path.findIndex((part) => !isStep(part))
  const known = (end < 0 ? path : path.slice(0, end)).filter(isStep).map(stepOf)
  const value = fetch(wordOf(resource), known)
  if (end < 0) return noted(value, run)
  return path[end] === UNKNOWN ? noted(UNKNOWN, run) : value === UNKNOWN ? noted(value, run) : null
}

const isStep = (part: unknown): part is string | number | boolean =>
  typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean'

const stepOf = (part: string | number | boolean): string | number =>
  typeof part === 'boolean' ? Number(part) : part

import type { Json, JsonMap } from '../../base/json.ts'
import { oneOfThese, UNKNOWN } from '../../schema/index.ts'
import type { Expression } from '../expression.ts'
import { type ArgumentReader, choosingFunction, type TemplateFunction } from '../function.ts'
import { callText, type TemplatePath, type TemplateProblem, writtenPath } from '../problem.ts'
import type { ProblemCode } from '../problem-codes.ts'
import { later, laterForm, laterFunctionWithin, removedFunction } from '../versions/hints.ts'
import type { Version } from '../versions/version.ts'

/** What finding the function calls in template data needs and reports. */
export interface ExpressionReader {
  readonly version: Version
  readonly problems: TemplateProblem[]
}

/** Finds the function calls in a value. A map with one key that is a function's name is a call, anything else is data. */
export function readValue(raw: Json, path: TemplatePath, reader: ExpressionReader): Expression {
  return read(raw, { ...reader, place: [...path], context: 'value' })
}

/** As `readValue`, where only the functions of conditions may be called. */
export function readCondition(raw: Json, path: TemplatePath, reader: ExpressionReader): Expression {
  return read(raw, { ...reader, place: [...path], context: 'condition' })
}

interface Walk extends ExpressionReader {
  /** The path to where the walk is; it grows and shrinks as the walk goes. */
  readonly place: (string | number)[]
  readonly context: 'value' | 'condition'
}

function read(raw: Json, walk: Walk): Expression {
  if (typeof raw !== 'object' || raw === null) return { is: 'data', value: raw }
  if (Array.isArray(raw)) return readList(raw, walk)
  return readMap(raw as JsonMap, walk)
}

function readList(raw: readonly Json[], walk: Walk): Expression {
  let items: Expression[] | undefined
  for (const [i, part] of raw.entries()) {
    const item = readAt(part, i, walk)
    if (items === undefined && item.is !== 'data')
      items = raw.slice(0, i).map((value) => ({ is: 'data', value }))
    items?.push(item)
  }
  return items === undefined ? { is: 'data', value: raw } : { is: 'list', items }
}

function readMap(raw: JsonMap, walk: Walk): Expression {
  const keys = Object.keys(raw)
  const [first, second] = keys
  if (first !== undefined && second === undefined) {
    const call = readCall(first, raw[first] ?? null, walk)
    if (call !== undefined) return call
  }
  let entries: (readonly [string, Expression])[] | undefined
  for (const [i, key] of keys.entries()) {
    const item = readAt(raw[key] ?? null, key, walk)
    if (entries === undefined && item.is !== 'data') {
      entries = keys.slice(0, i).map((known) => [known, { is: 'data', value: raw[known] ?? null }])
    }
    entries?.push([key, item])
  }
  return entries === undefined ? { is: 'data', value: raw } : { is: 'map', entries }
}

function readAt(raw: Json, key: string | number, walk: Walk): Expression {
  if (typeof raw !== 'object' || raw === null) return { is: 'data', value: raw }
  walk.place.push(key)
  const expression = read(raw, walk)
  walk.place.pop()
  return expression
}

/** A call, or `undefined` if no function of that name was ever known here: then the map is plain data. */
function readCall(name: string, raw: Json, walk: Walk): Expression | undefined {
  const { version, context } = walk
  const does = (context === 'value' ? version.functions : version.conditionFunctions).get(name)
  if (does === undefined) {
    const complaint = complaintAbout(name, walk)
    if (complaint === undefined) return undefined
    report(walk, name, complaint)
    return unusable
  }
  walk.place.push(name)
  const path = [...walk.place]
  const args = readArguments(does, raw, walk)
  walk.place.pop()
  return args === undefined
    ? unusable
    : { is: 'call', does, args, path, ...(context === 'condition' && { decides: true }) }
}

/** Stands for a call that was reported already, so that nothing more is said about what it would have given. */
const unusable: Expression = {
  is: 'call',
  does: choosingFunction('', {
    summary: '',
    usage: '',
    examples: [],
    choose(_args, run) {
      run.unknowns++
      return UNKNOWN
    },
  }),
  args: { is: 'data', value: null },
  path: [],
}

function readArguments(does: TemplateFunction, raw: Json, walk: Walk): Expression | undefined {
  const args = does.parse ? undefined : read(raw, walk)
  const wrong = does.misuse?.(args ?? { is: 'data', value: raw })
  if (wrong !== undefined) {
    report(walk, undefined, {
      code: 'FunctionMisused',
      ...(typeof wrong === 'string' ? { message: wrong } : wrong),
      ...laterForm(does, args ?? { is: 'data', value: raw }, walk.version),
      ...laterFunctionWithin(raw, walk.version),
    })
    return undefined
  }
  return args ?? does.parse?.(raw, argumentReader(walk))
}

function argumentReader(walk: Walk): ArgumentReader {
  return {
    value: (raw, key) => readAt(raw, key, walk),
    condition: (raw, key) => readAt(raw, key, { ...walk, context: 'condition' }),
  }
}

interface Complaint {
  readonly code: ProblemCode
  readonly message: string
  readonly part?: TemplatePath
  readonly hint?: string
  readonly version?: string
  readonly expected?: string
}

function complaintAbout(name: string, { version, context }: Walk): Complaint | undefined {
  if (version.removed.has(name)) {
    const message = `The template version is invalid: The function ${name} is not supported in this version of HOT.`
    return { code: 'FunctionRemoved', message, ...removedFunction(name, version) }
  }
  if (context === 'condition' && version.functions.has(name)) {
    return {
      code: 'FunctionOutOfPlace',
      message: `The function "${name}" is invalid in this context`,
      expected: oneOfThese([...version.conditionFunctions.keys()]),
      ...later(`The condition function "${name}"`, version, ({ conditionFunctions }) =>
        conditionFunctions.has(name),
      ),
    }
  }
  return undefined
}

function report(
  { place, problems, version }: Walk,
  name: string | undefined,
  { message, ...complaint }: Complaint,
): void {
  const path = name === undefined ? [...place] : [...place, name]
  // Heat finds these only when it looks through all calls, and names the place accordingly.
  const text = complaint.code === 'FunctionRemoved' ? callText(path, version.functions) : writtenPath(path)
  problems.push({ ...complaint, message: `${text}: ${message}`, path })
}

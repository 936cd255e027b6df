import { loadAll, YAMLException } from 'js-yaml'
import { isMap, type JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { Parsed, TemplateProblem, Written } from '../problem.ts'
import { indentedEnough } from './indent.ts'
import { locator, placesIn } from './locate.ts'
import { type Limits, measure } from './measure.ts'
import { syntaxAdvice } from './syntax-advice.ts'
import { templateYaml } from './yaml.ts'

/** What is being read, in the words of its messages. */
export interface Reading {
  readonly what: 'template' | 'environment'
  readonly file?: string
  /** The most characters it may have. */
  readonly maxSize: number
}

/** Plain data, and where it was written. */
export interface Source extends Written {
  readonly data: JsonMap
}

const deepest = 100

/** Reads a YAML or JSON text, or takes data that was parsed before, within limits of size and depth. */
export function readSource(source: string | JsonMap, reading: Reading): Parsed<Source> {
  const file = reading.file === undefined ? {} : { file: reading.file }
  const failed = (problem: TemplateProblem): Parsed<Source> => ({
    value: undefined,
    problems: [{ ...problem, ...file }],
  })
  if (typeof source !== 'string') {
    const excess = tooMuch(source, { size: reading.maxSize, nodes: reading.maxSize, depth: deepest }, reading)
    return excess ? failed(excess) : { value: { data: source, locate: nowhere, ...file }, problems: [] }
  }
  if (source.length > reading.maxSize) return failed(tooLarge(source.length, reading))
  const read = parseText(source, reading)
  if ('problem' in read) return failed(read.problem)
  const data = read.data ?? {}
  if (!isMap(data)) return failed(malformed(reading, notAMap[reading.what]))
  // Aliases let a short text stand for a long one; what they stand for is bounded too.
  const limits: Limits = { size: reading.maxSize * 8, nodes: reading.maxSize, depth: deepest }
  const excess = tooMuch(data as JsonMap, limits, reading)
  if (excess) return failed(excess)
  return { value: { data: data as JsonMap, locate: locator(source), ...file }, problems: [] }
}

const nowhere = (): undefined => undefined

const notAMap = {
  template: 'The template is not a JSON object or YAML mapping.',
  environment: 'The environment is not a valid YAML mapping data type.',
}

type Read = { readonly data: unknown } | { readonly problem: TemplateProblem }

function parseText(text: string, reading: Reading): Read {
  if (text.includes('\u0000')) {
    const before = text.slice(0, text.indexOf('\u0000')).split('\n')
    const position = { line: before.length, column: (before.at(-1) ?? '').length + 1 }
    return {
      problem: { ...malformed(reading, `${opening(reading)}a NUL character is not allowed`), ...position },
    }
  }
  const json = parseJson(text)
  if (json !== undefined) return { data: json }
  try {
    return oneOf(documentsIn(text), reading)
  } catch (error) {
    return isDeficient(error)
      ? parseIndented(text, reading)
      : { problem: fromYaml(error, reading, { text, places: placesIn(text) }) }
  }
}

const isDeficient = (error: unknown): boolean =>
  error instanceof YAMLException && error.reason === 'deficient indentation'

function parseIndented(text: string, reading: Reading): Read {
  const indented = indentedEnough(text)
  const places = placesIn(text)
  try {
    return oneOf(documentsIn(indented.text), reading)
  } catch (error) {
    return {
      problem: fromYaml(error, reading, { text, places: (offset) => places(indented.origin(offset)) }),
    }
  }
}

const documentsIn = (text: string): readonly unknown[] =>
  loadAll(text, { schema: templateYaml, json: true, maxDepth: deepest, maxAliases: 1000 })

function oneOf(documents: readonly unknown[], reading: Reading): Read {
  if (documents.length < 2) return { data: documents[0] }
  return {
    problem: malformed(reading, `${opening(reading)}expected a single document, found ${documents.length}`),
  }
}

/** JSON is tried first, for it is read many times faster; numbers beyond a double's reach are left to YAML. */
function parseJson(text: string): unknown {
  if (!/^\s*\{/.test(text) || /[:,[\s]-?\d{16}/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function opening({ what, file }: Reading): string {
  return what === 'template'
    ? `Error parsing template ${file ?? '[root stack]'} `
    : `${`Error parsing environment ${file ?? ''}`.trimEnd()} `
}

function malformed({ what }: Reading, message: string): TemplateProblem {
  return { code: what === 'template' ? 'TemplateMalformed' : 'EnvironmentMalformed', message, path: [] }
}

interface Whole {
  readonly text: string
  readonly places: ReturnType<typeof placesIn>
}

function fromYaml(error: unknown, reading: Reading, { text, places }: Whole): TemplateProblem {
  if (!(error instanceof YAMLException) || error.mark === undefined)
    return malformed(reading, opening(reading) + messageOf(error))
  const position = places(error.mark.position)
  // The line itself is not quoted: it may hold a password.
  const where = `in line ${position.line}, column ${position.column}`
  return {
    ...malformed(reading, `${opening(reading)}${error.reason} ${where}`),
    ...position,
    ...syntaxAdvice(text, error.reason, position),
  }
}

function tooMuch(data: JsonMap, limits: Limits, reading: Reading): TemplateProblem | undefined {
  const size = measure(data, limits)
  if (typeof size === 'number') return undefined
  if (size === 'size') return tooLarge(undefined, reading)
  const why = {
    nodes: `${opening(reading)}its aliases stand for more than ${limits.nodes} values`,
    depth: `${opening(reading)}it is nested more than ${limits.depth} levels deep`,
    kind: `${opening(reading)}it holds a value that JSON has no word for`,
  }
  return malformed(reading, why[size])
}

function tooLarge(actual: number | undefined, { what, maxSize }: Reading): TemplateProblem {
  const size = actual === undefined ? '' : ` (${actual} bytes)`
  const name = what === 'template' ? 'Template' : 'Environment'
  const message = `Request limit exceeded: ${name} size${size} exceeds maximum allowed size (${maxSize} bytes).`
  return { code: 'TooLarge', message, path: [] }
}

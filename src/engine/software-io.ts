import { isMap, type JsonMap, own } from '../base/json.ts'
import { SoftwareConfigRefused } from '../contract/problems.ts'
import { configInput, configOutput, type ioTypes } from '../plugin/index.ts'
import {
  anyList,
  boolean,
  type Fault,
  type Field,
  map,
  number,
  read,
  type Shape,
  string,
} from '../schema/index.ts'

/** The inputs of a software config as they are kept, of what somebody wrote. Problem 400 if they make no sense. */
export const inputsOf = (written: unknown): readonly JsonMap[] =>
  eachOf(written, (one) => {
    const { value, ...declared } = one
    const { replace_on_change: replaces, ...input } = readBy(inputShape(declared), declared)
    return {
      ...input,
      ...(replaces === true && { replace_on_change: true }),
      ...('value' in one && { value }),
    }
  })

/** The outputs of a software config as they are kept, of what somebody wrote. Problem 400 if they make no sense. */
export const outputsOf = (written: unknown): readonly JsonMap[] =>
  eachOf(written, (one) => readBy(configOutput, one))

type Values = Readonly<Record<string, unknown>>

function eachOf(written: unknown, read: (one: Values) => Values): readonly JsonMap[] {
  if (!Array.isArray(written)) throw refused('Software Config I/O Schema must be in a list')
  if (!written.every(isMap)) throw refused('Software Config I/O Schema must be a dict')
  return written.map((one) => read(one) as JsonMap)
}

const kinds: Readonly<Record<(typeof ioTypes)[number], Field>> = {
  String: string(),
  Number: number(),
  CommaDelimitedList: anyList('', { convertible: true }),
  Json: map('', { convertible: true }),
  Boolean: boolean(),
}

/** A default must be of the type that is named beside it; an empty text stands for none, whatever the type. */
function inputShape({ type, default: byDefault }: Values): Shape {
  const kind = typeof type === 'string' ? own(kinds, type) : undefined
  return kind === undefined || byDefault === '' ? configInput : { ...configInput, default: kind }
}

function readBy(shape: Shape, written: Values): Values {
  const given = Object.entries(written).filter(([, value]) => value !== null)
  const { value, faults } = read(shape, Object.fromEntries(given))
  const [first] = faults
  if (first !== undefined)
    throw refused(wordsOf(faults.find(({ code }) => code !== 'UnknownProperty') ?? first))
  return value as Values
}

const wordsOf = ({ code, path, message }: Fault): string =>
  code === 'UnknownProperty' || code === 'MissingProperty' ? message : `${path.join('.')}: ${message}`

const refused = (reason: string) => SoftwareConfigRefused({ reason })

import { type Json, own } from '../../base/json.ts'
import { kindOf, wordOf } from '../../base/text.ts'
import { nearest } from '../../schema/index.ts'
import { readCondition, readValue } from '../parse/expression.ts'
import { pathText, suggestion, type TemplateProblem } from '../problem.ts'
import type { OutputDefinition } from '../template.ts'
import { invalid, isJsonMap, type SectionReader } from './section.ts'

/** Reads the outputs that a template defines. */
export function readOutputs(
  raw: Json | undefined,
  reader: SectionReader,
): ReadonlyMap<string, OutputDefinition> {
  const outputs = new Map<string, OutputDefinition>()
  const section = reader.words.outputs
  if (raw === undefined || raw === null) return outputs
  if (!isJsonMap(raw)) {
    reader.problems.push(
      invalid(
        'InvalidOutput',
        `"${section}" must contain a map of output maps. Found a [${kindOf(raw)}] instead`,
        [section],
      ),
    )
    return outputs
  }
  for (const name of Object.keys(raw)) {
    const output = readOutput(name, raw[name] ?? null, reader)
    if (output !== undefined) outputs.set(name, output)
  }
  return outputs
}

function readOutput(name: string, raw: Json, reader: SectionReader): OutputDefinition | undefined {
  const { words, problems } = reader
  const path = [words.outputs, name]
  const complain = (message: string, more: Partial<TemplateProblem> = {}): undefined => {
    const whole = `Output validation error: ${pathText(path)}: ${message}`
    problems.push({ ...invalid('InvalidOutput', whole, path), ...more })
  }
  if (!isJsonMap(raw)) return complain(`Output definitions must be a map. Found a ${kindOf(raw)} instead`)
  const value = own(raw, words.output.value)
  if (value === undefined) {
    const mistyped = Object.keys(raw).find((key) => nearest(key, [words.output.value]) !== undefined)
    return complain(
      `Each output definition must contain a ${words.output.value} key.`,
      mistyped === undefined ? {} : { part: [mistyped], ...suggestion(words.output.value) },
    )
  }
  const description = own(raw, words.output.description)
  const condition = own(raw, words.output.condition)
  return {
    name,
    value: readValue(value, [...path, words.output.value], reader),
    description:
      description === undefined || description === null ? 'No description given' : wordOf(description),
    ...(words.output.condition !== undefined &&
      condition !== undefined &&
      condition !== null && {
        condition: readCondition(condition, [...path, words.output.condition], reader),
      }),
  }
}

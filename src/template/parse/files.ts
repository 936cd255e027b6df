import { own } from '../../base/json.ts'
import type { Parsed } from '../problem.ts'
import type { Template } from '../template.ts'
import { parseTemplate } from './template.ts'

type Files = Readonly<Record<string, string>>

const read = new WeakMap<Files, Map<string, Parsed<Template>>>()

/** The template in one of the files; `undefined` if there is no such file. A file is read once for all who ask. */
export function templateIn(files: Files, name: string): Parsed<Template> | undefined {
  const text = own(files, name)
  if (typeof text !== 'string') return undefined
  const known = read.get(files) ?? new Map<string, Parsed<Template>>()
  read.set(files, known)
  const before = known.get(name)
  if (before !== undefined) return before
  const parsed = parseTemplate(text, { file: name })
  known.set(name, parsed)
  return parsed
}

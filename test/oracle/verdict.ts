import type { JsonMap } from '../../src/base/json.ts'
import {
  checkStack,
  defineStack,
  describeTemplate,
  errorType,
  type ParameterConstraint,
  type Parsed,
  parseTemplate,
  type Template,
  type TemplateProblem,
} from '../../src/template/index.ts'
import { originalTypes } from './catalog.ts'
import type { Bundle } from './corpus.ts'
import { environmentWith } from './environment.ts'
import { type Evaluated, evaluateBundle } from './evaluated.ts'

/** What Hearth makes of one bundle, in the words in which the original's verdict is kept. */
export interface HearthVerdict {
  /** All that is wrong with the template as a request to validate it tells; the first names the error. */
  readonly problems: readonly Told[]
  /** What a request to validate it answers; absent if it is refused. */
  readonly described: JsonMap | undefined
  /** Nothing is wrong with how the template is written. */
  readonly readable: boolean
  /** Absent if the version could not be told. */
  readonly struct: JsonMap | undefined
  readonly evaluated: Evaluated | undefined
}

/** A problem as callers of the REST API know it. */
export interface Told {
  readonly class: string
  readonly message: string
}

/** Reads, validates and evaluates a bundle. */
export function verdictOn(bundle: Bundle): HearthVerdict {
  const parsed = parseTemplate(bundle.template)
  const template = parsed.value
  if (template === undefined)
    return {
      problems: parsed.problems.map(told),
      readable: false,
      described: undefined,
      struct: undefined,
      evaluated: undefined,
    }
  const { problems, described } = validated(bundle, template, parsed)
  return {
    problems,
    described,
    readable: parsed.problems.length === 0,
    struct: structOf(template),
    evaluated: evaluateBundle(bundle, template),
  }
}

const told = ({ code, message }: TemplateProblem): Told => ({ class: errorType(code), message })

function validated(
  { files }: Bundle,
  template: Template,
  { problems: misread }: Parsed<Template>,
): Pick<HearthVerdict, 'problems' | 'described'> {
  const { value: definition, problems } = defineStack({
    template,
    environment: environmentWith({}),
    files,
    pseudo: { stackName: 'dummy', stackId: '', projectId: 'project' },
    lenient: true,
  })
  const all = [...misread, ...problems, ...checkStack(definition, originalTypes)].map(told)
  return { problems: all, described: all.length === 0 ? describeTemplate(definition) : undefined }
}

function structOf({ version, source, parameters, resources }: Template): JsonMap {
  return {
    version: [version.key, String(source[version.key])],
    parameters: Object.fromEntries(
      [...parameters.values()].map(({ name, type, description, label, constraints, ...rest }) => [
        name,
        {
          type,
          description,
          label: label ?? null,
          default: rest.default ?? null,
          required: rest.default === undefined,
          hidden: rest.hidden,
          immutable: rest.immutable,
          tags: rest.tags,
          constraints: constraints.map(constraintView),
        },
      ]),
    ),
    resource_types: Object.fromEntries([...resources].map(([name, { type }]) => [name, type])),
  }
}

function constraintView({ is, description, ...rest }: ParameterConstraint): JsonMap {
  const said = description === undefined ? {} : { description }
  if ('values' in rest) return { ...said, [is]: rest.values }
  if ('pattern' in rest) return { ...said, [is]: rest.pattern }
  if ('name' in rest) return { ...said, [is]: rest.name }
  return { ...said, [is]: { ...rest } }
}

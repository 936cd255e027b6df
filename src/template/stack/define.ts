import { shownAs, wordOf } from '../../base/text.ts'
import { nearestKey, UNKNOWN } from '../../schema/index.ts'
import type { AttributePath, StackDefinition, StackInput } from '../definition.ts'
import { type Parsed, placed, suggestion, type TemplateProblem } from '../problem.ts'
import type { ProblemCode } from '../problem-codes.ts'
import { deletionPolicy } from '../sections/resources.ts'
import { effortOfStack, tooManyStepsTogether } from '../spend.ts'
import type { OutputDefinition, ResourceDefinition, Template } from '../template.ts'
import { defaultLimits } from '../yaql/run.ts'
import { conditionsOf } from './conditions.ts'
import { type Conditions, decisiveParameter, type Known } from './known.ts'
import { parameterValues } from './parameters.ts'
import { withoutSecrets } from './secrets.ts'
import { noSpending, type Spending, spend } from './spending.ts'
import { type AttributeRead, type Trial, type TrialRunner, trialRunner } from './trial.ts'

/** What a definition keeps for the functions of this room. */
export interface Inside {
  readonly known: Known
  readonly trials: ReadonlyMap<string, Trial>
  /** What the outputs read of resources. */
  readonly outputReads: readonly AttributeRead[]
  /** The resources whose condition is not known, which happens only while a nested template is checked. */
  readonly uncertain: ReadonlySet<string>
  /** The template is only looked at. */
  readonly lenient: boolean
  readonly spending: Spending
}

const insides = new WeakMap<StackDefinition, Inside>()

/** What was found out when a stack was defined. */
export function insideOf(definition: StackDefinition): Inside {
  const inside = insides.get(definition)
  if (inside === undefined) throw new TypeError('A stack definition must come from defineStack')
  return inside
}

/**
 * Puts a template together with its environment and files: parameters get their values, conditions decide which
 * resources there are, and references tell which of them needs which. A definition comes out whatever the problems.
 */
export function defineStack(
  input: StackInput,
): Parsed<StackDefinition> & { readonly value: StackDefinition } {
  const {
    template,
    environment,
    files,
    pseudo,
    facade = {},
    lenient = false,
    effort = effortOfStack(),
    yaql = defaultLimits,
  } = input
  const problems: TemplateProblem[] = []
  const parameters = parameterValues(input, problems)
  const conditions = conditionsOf({
    template,
    parameters,
    parameter: (name) => decisiveParameter({ template, parameters }, name),
    effort,
    problems,
    yaql,
  })
  const { resources, uncertain } = enabledResources(template, conditions)
  const known: Known = { template, files, facade, parameters, conditions, resources, effort, yaql }
  const runner = trialRunner(known, lenient ? isOfTheTemplateAlone : () => true, problems)
  for (const resource of resources.values()) finish(resource, { resources, runner, template, problems })
  const { trials, spending } = trialsOf(resources, runner, { problems, template, effort })
  const outputs = definedOutputs(template, conditions)
  const outputReads = [...outputs.values()].flatMap(({ enabled, value }) =>
    enabled ? runner.output(value) : [],
  )
  reportExhaustion(known, problems)
  reportDuplicates(known, problems)
  const definition: StackDefinition = {
    template,
    environment,
    files,
    pseudo,
    parameters,
    hiddenParameterNames: new Set(
      [...parameters.values()]
        .filter(({ declaration }) => declaration.hidden)
        .map(({ declaration }) => declaration.name),
    ),
    resources,
    outputs,
    needs: new Map(
      [...resources.values()].map((resource) => [
        resource.name,
        needsOf(resource, { known, trials, problems }),
      ]),
    ),
    attributesNeeded: attributesIn([...[...trials.values()].flatMap(({ reads }) => reads), ...outputReads]),
    asksForZones: runner.asksForZones(),
    usesHidden: (resourceName) => facade.hidden === true || trials.get(resourceName)?.usesHidden === true,
  }
  insides.set(definition, { known, trials, outputReads, uncertain, lenient, spending })
  return { value: definition, problems: placed(withoutSecrets(problems, parameters), template) }
}

/** The definition as it is in a cloud with these zones. What they throw, whatever reads them throws. */
export function withZones(definition: StackDefinition, zones: () => readonly string[]): StackDefinition {
  const inside = insideOf(definition)
  const placed = { ...definition }
  insides.set(placed, { ...inside, known: { ...inside.known, zones } })
  return placed
}

/** Tries each resource, and what the properties that are known already come to; it ends where that is too much. */
function trialsOf(
  resources: ReadonlyMap<string, ResourceDefinition>,
  runner: TrialRunner,
  { problems, template, effort }: Pick<Finishing, 'problems' | 'template'> & Pick<Known, 'effort'>,
): Pick<Inside, 'trials' | 'spending'> {
  const trials = new Map<string, Trial>()
  const spending = noSpending()
  for (const [name, resource] of resources) {
    const trial = runner.resource(resource)
    trials.set(name, trial)
    const message = spend(spending, name, trial.cost) ?? (effort.left < 0 ? tooManyStepsTogether : undefined)
    if (message === undefined) continue
    problems.push({ code: 'TooLarge', message, path: [template.version.words.resources, name] })
    break
  }
  return { trials, spending }
}

/** What is wrong whatever values the parameters have. */
const isOfTheTemplateAlone = (code: ProblemCode): boolean =>
  code !== 'FunctionFailed' && code !== 'ParameterMissing' && code !== 'UnknownName'

interface Enabled {
  readonly resources: Map<string, ResourceDefinition>
  readonly uncertain: ReadonlySet<string>
}

function enabledResources({ resources: all, version }: Template, conditions: Conditions): Enabled {
  const resources = new Map<string, ResourceDefinition>()
  const uncertain = new Set<string>()
  for (const [name, resource] of all) {
    const { condition } = resource
    const isEnabled =
      condition === undefined ||
      conditions.at([version.words.resources, name, version.words.resource.condition ?? ''], condition)
    if (isEnabled === UNKNOWN) uncertain.add(name)
    if (isEnabled) resources.set(name, resource)
  }
  return { resources, uncertain }
}

interface Finishing {
  readonly resources: Map<string, ResourceDefinition>
  readonly runner: TrialRunner
  readonly template: Template
  readonly problems: TemplateProblem[]
}

/** Works out what of a resource is wanted before anything is made of it: its deletion policy, whether it is external. */
function finish(resource: ResourceDefinition, { resources, runner, template, problems }: Finishing): void {
  const { name, deletionPolicyCall: call, externalId, dependsOn } = resource
  const { words, deletionPolicies } = template.version
  if (call !== undefined) {
    const word = runner.value(call)
    const policy = word === null || word === UNKNOWN ? 'Delete' : deletionPolicy(word, deletionPolicies)
    const path = [words.resources, name, words.resource.deletionPolicy]
    if (policy === undefined)
      problems.push({
        code: 'InvalidDeletionPolicy',
        message: `Invalid deletion policy "${wordOf(word)}"`,
        path,
      })
    const { deletionPolicyCall: _, ...rest } = resource
    resources.set(name, { ...rest, deletionPolicy: externalId ? 'Retain' : (policy ?? 'Delete') })
  }
  if (externalId === undefined || dependsOn.length === 0) return
  const id = runner.value(externalId)
  const message = `Invalid dependency with external ${resource.type} resource: ${id === UNKNOWN ? '' : wordOf(id)}`
  problems.push({
    code: 'ExternalResourceDependency',
    message,
    path: [words.resources, name, words.resource.dependsOn],
  })
}

function definedOutputs(
  { outputs, version: { words } }: Template,
  conditions: Conditions,
): ReadonlyMap<string, OutputDefinition & { enabled: boolean }> {
  return new Map(
    [...outputs].map(([name, output]) => {
      const { condition } = output
      const isEnabled =
        condition === undefined ||
        conditions.at([words.outputs, name, words.output.condition ?? ''], condition)
      return [name, { ...output, enabled: isEnabled !== false }]
    }),
  )
}

/** What outputs read of resources is not known where they were not worked out to the end, so that such a stack can't be made. */
function reportExhaustion({ effort, template }: Known, problems: TemplateProblem[]): void {
  if (effort.left >= 0 || problems.some(({ code }) => code === 'TooLarge')) return
  problems.push({ code: 'TooLarge', message: tooManyStepsTogether, path: [template.version.words.outputs] })
}

function reportDuplicates({ resources, parameters, template }: Known, problems: TemplateProblem[]): void {
  for (const name of resources.keys()) {
    if (!parameters.has(name) && !template.parameters.has(name)) continue
    const path = [template.version.words.resources, name]
    problems.push({
      code: 'DuplicateName',
      message: `Duplicate names {${shownAs(name)}}`,
      path,
      hint: 'A parameter has the same name',
    })
  }
}

interface Needing {
  readonly known: Known
  readonly trials: ReadonlyMap<string, Trial>
  readonly problems: TemplateProblem[]
}

/** What must be there before a resource: what it names itself, then what it refers to. External ones wait for nothing. */
function needsOf(
  { name, dependsOn, externalId }: ResourceDefinition,
  { known, trials, problems }: Needing,
): readonly string[] {
  const { words } = known.template.version
  for (const [i, other] of dependsOn.entries()) {
    if (known.template.resources.has(other)) continue
    const message = `The specified reference "${other}" (in ${name}) is incorrect.`
    const path = [words.resources, name, words.resource.dependsOn, i]
    problems.push({
      code: 'InvalidReference',
      message,
      path,
      ...suggestion(nearestKey(other, known.resources)),
    })
  }
  if (externalId !== undefined) return []
  const referred = trials.get(name)?.needs ?? []
  if (dependsOn.length === 0) return referred
  return [...new Set([...dependsOn.filter((other) => known.resources.has(other)), ...referred])]
}

function attributesIn(reads: readonly AttributeRead[]): ReadonlyMap<string, readonly AttributePath[]> {
  const found = new Map<string, Map<string, AttributePath>>()
  for (const { resource, attribute } of reads) {
    const paths = found.get(resource) ?? new Map<string, AttributePath>()
    paths.set(JSON.stringify(attribute), attribute)
    found.set(resource, paths)
  }
  return new Map([...found].map(([resource, paths]) => [resource, [...paths.values()]]))
}

import type { JsonMap } from '../base/json.ts'
import { Problem } from '../base/problem.ts'
import type { Bundle } from './bundle/bundle.ts'
import type { HookedPaths } from './bundle/hooks.ts'
import type { Context } from './kit/context.ts'
import { TemplateRefused } from './kit/failure.ts'
import { many, type OptionSpec, text } from './kit/options.ts'
import { parseParameters, readParameterFiles } from './parameters.ts'
import type { Finding } from './problems/report.ts'

/** The option that names where the files of a stack are kept, instead of here. */
export const containerOption = text(
  '-s, --files-container <container>',
  'a container of the object store with the environments and all files that are named; only the template is read from here',
)

/** The options that say what a stack should be. */
export const wantedOptions = {
  template: text('-t, --template <file>', "the template: a path, a URL, or '-' to read it from the input"),
  environment: many(
    '-e, --environment <file>',
    'an environment: a path or a URL; may be repeated, the last counts most',
  ),
  parameter: many(
    '--parameter <key=value>',
    'a parameter; may be repeated, and counts more than environments',
  ),
  parameterFile: many('--parameter-file <key=file>', "a parameter whose value is a file's content"),
}

export interface WantedOptions {
  readonly template: string | undefined
  readonly environment: readonly string[]
  readonly parameter: readonly string[]
  readonly parameterFile: readonly string[]
  readonly filesContainer?: string | undefined
  /** Where resources are to wait besides what the environments say. */
  readonly hooks?: HookedPaths
}

/** What to send for a stack, and the texts it was made from. */
export interface Wanted {
  readonly bundle: Bundle
  readonly body: {
    readonly template?: string
    readonly files: Readonly<Record<string, string>>
    readonly environment_files?: readonly string[]
    readonly files_container?: string
    readonly parameters: JsonMap
  }
}

/** An option that names resources that are to wait at a hook. */
export const hookOption = (flags: string, when: string): OptionSpec<readonly string[]> =>
  many(
    flags,
    `let this resource wait ${when} until the hook is cleared; \`group/*/server\` names some in nested stacks; may be repeated`,
  )

/** Reads all that the options name; refuses at once if any of it can't be read. */
export async function readWanted(context: Context, options: WantedOptions): Promise<Wanted> {
  const wanted = await readWhatIsThere(context, options)
  const { problems, sources } = wanted.bundle
  if (problems.length > 0) throw new TemplateRefused([{ findings: problems, sources }])
  return wanted
}

/** Reads what the options name, and as much as can be read of what that names in turn. */
export async function readWhatIsThere(context: Context, options: WantedOptions): Promise<Wanted> {
  const { collectBundle } = await import('./bundle/bundle.ts')
  const { readAnything } = await import('./bundle/read.ts')
  const { readerInNameOf } = await import('./bundle/own-objects.ts')
  const { withHooks } = await import('./bundle/hooks.ts')
  const { withOverrides } = await import('./bundle/overrides.ts')
  const given = parseParameters(options.parameter)
  const read = readerInNameOf(context, readAnything)
  const { filesContainer: container } = options
  const collected = await collectBundle({
    ...(options.template !== undefined && { template: options.template }),
    environments: options.environment,
    filesAreElsewhere: container !== undefined,
    directory: context.directory,
    read,
    readStdin: context.terminal.readStdin,
  })
  const parameters = {
    ...given,
    ...(await readParameterFiles(options.parameterFile, await baseOf(context, options.template), read)),
  }
  const { hooks } = options
  const bundle = withHooks(withOverrides(collected, parameters), hooks)
  const { template, files, environmentFiles } = bundle
  return {
    bundle,
    body: {
      ...(template !== undefined && { template }),
      files,
      ...(environmentFiles.length > 0 && { environment_files: environmentFiles }),
      ...(container !== undefined && { files_container: container }),
      parameters,
    },
  }
}

async function baseOf({ directory }: Context, template = '-'): Promise<string> {
  const { addressOf } = await import('./bundle/address.ts')
  return addressOf(template === '-' ? 'stdin' : template, directory)
}

/** Waits for an answer about a bundle; where it is refused, the problems are told in the author's own files. */
export async function answerAbout<T>(bundle: Bundle, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const problems = error instanceof Problem ? error.details.problems : undefined
    if (!Array.isArray(problems) || problems.length === 0) throw error
    throw new TemplateRefused([{ findings: problems as readonly Finding[], sources: bundle.sources }])
  }
}

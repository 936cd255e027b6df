import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isMap } from '../../../base/json.ts'
import { messageOf } from '../../../base/problem.ts'
import { maybe } from '../../kit/arguments.ts'
import { command } from '../../kit/command.ts'
import type { Context } from '../../kit/context.ts'
import { UsageError } from '../../kit/failure.ts'
import { flag, many, text } from '../../kit/options.ts'
import { configFile, placeOf } from './managing.ts'

/** `hearth manage policy sample` */
export const managePolicySample = command({
  name: 'manage policy sample',
  summary: 'Print a policy file with all built-in rules, each as a comment.',
  notes:
    'Each stands with the requests that it is asked for. Take the comment sign away where a rule is to be another.',
  example: 'hearth manage policy sample > /etc/hearth/policy.yaml',
  options: { configFile },
  async run({ options, context }) {
    const book = await context.parts.readPolicy(placeOf(context, options))
    return { shows: 'text', text: book.sample().trimEnd() }
  },
})

/** `hearth manage policy list` */
export const managePolicyList = command({
  name: 'manage policy list',
  summary: 'List the rules of who may do what, as they count.',
  notes:
    'The built-in ones, with those of the policy files in their place. What is odd about them is said besides.',
  example: 'hearth manage policy list\nhearth manage policy list --redundant',
  shows: { form: 'list' },
  options: {
    own: flag('--own', 'only what the policy files say'),
    redundant: flag('--redundant', 'only what the policy files say that is built in anyway'),
    configFile,
  },
  async run({ options, context }) {
    const { rules, oddities } = await context.parts.readPolicy(placeOf(context, options))
    for (const oddity of oddities) context.terminal.err.write(`Warning: ${oddity}\n`)
    const wanted = rules.filter(
      ({ isOwn, isRedundant }) => (!options.own || isOwn) && (!options.redundant || isRedundant),
    )
    return {
      shows: 'list',
      columns: ['Rule', 'Check', 'From'],
      rows: wanted.map(({ name, check, isOwn }) => [name, check, isOwn ? 'file' : 'built in']),
    }
  },
})

/** `hearth manage policy check` */
export const managePolicyCheck = command({
  name: 'manage policy check',
  summary: 'Tell what somebody may do.',
  notes:
    'They are known by their roles, or by what Keystone says of their token (`{"token": {...}}`). Without a rule all that have a colon in their name are tried. If one that is named is not met, the exit code is 1.',
  example:
    'hearth manage policy check stacks:create --role member\nhearth manage policy check --access token.json --target target.json',
  shows: { form: 'list' },
  arguments: { rule: maybe('the name of the rule; without it, all') },
  options: {
    access: text('--access <file>', 'a file with what Keystone says of a token, in JSON'),
    target: text(
      '--target <file>',
      'a file with what is asked about, in JSON; without it, their own project',
    ),
    roles: many('--role <name>', 'a role that they have; repeat it for more'),
    user: text('--user-id <id>', 'the ID of the user'),
    project: text('--project-id <id>', 'the ID of their project'),
    isAdmin: flag('--is-admin', 'they are an administrator, whatever the rules say'),
    configFile,
  },
  async run({ args, options, context }) {
    const book = await context.parts.readPolicy(placeOf(context, options))
    const names = args.rule === undefined ? book.rules.map(({ name }) => name) : [args.rule]
    const visitor = {
      ...(options.access !== undefined && { access: await jsonIn(context, options.access) }),
      ...(options.target !== undefined && { target: await mapIn(context, options.target) }),
      roles: options.roles,
      userId: options.user ?? 'user',
      projectId: options.project ?? 'project',
      isAdmin: options.isAdmin,
    }
    const tried = names
      .filter((name) => args.rule !== undefined || name.includes(':'))
      .map((name) => [name, book.allows(name, visitor) ? 'passed' : 'failed'] as const)
    const refused = args.rule !== undefined && tried.some(([, outcome]) => outcome === 'failed')
    return { shows: 'list', columns: ['Rule', 'Outcome'], rows: tried, exitCode: refused ? 1 : 0 }
  },
})

async function jsonIn({ directory }: Context, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(resolve(directory, file), 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}`)
  }
}

async function mapIn(context: Context, file: string): Promise<Readonly<Record<string, unknown>>> {
  const value = await jsonIn(context, file)
  if (!isMap(value)) throw new UsageError(`${file} does not hold an object`)
  return value
}

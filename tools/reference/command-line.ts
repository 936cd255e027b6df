import type { Command as Commander, Option } from 'commander'
import { commands } from '../../src/cli/commands/index.ts'
import { buildProgram } from '../../src/cli/index.ts'

const never = () => Promise.reject(new Error('The reference only reads the commands.'))

/** The program, for reading what it takes; none of its commands can be run. */
export const programToRead = (): Commander =>
  buildProgram({
    ...{ version: '', up: never, api: never, engine: never, manage: never, examine: never },
    readPolicy: never,
  })

/** Every command of `hearth`, as its own help tells it. */
export function commandLinePage(): string {
  const program = programToRead()
  return [
    '# Command line',
    '`hearth COMMAND --help` says the same. Every command takes the options of the program, before or after its own words.',
    '## hearth',
    optionList(program.options),
    ...commands.map(({ name, otherName, summary, notes, example }) =>
      [
        `## hearth ${name}`,
        notes === undefined ? summary : `${summary} ${notes}`,
        `\`\`\`\nhearth ${name} ${usage(named(program, name))}\n\`\`\``,
        ...listed(otherName === undefined ? '' : `Also \`hearth ${otherName}\`.`),
        ...listed(optionList(named(program, name).options)),
        `For example:\n\n\`\`\`sh\n${example}\n\`\`\``,
      ].join('\n\n'),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

const listed = (text: string): readonly string[] => (text === '' ? [] : [text])

function named(program: Commander, name: string): Commander {
  return name.split(' ').reduce((group, word) => {
    const found = group.commands.find((one) => one.name() === word)
    if (found === undefined) throw new Error(`There is no command ${name}`)
    return found
  }, program)
}

const usage = (command: Commander): string => command.usage().replace('[command] ', '')

const optionList = (options: readonly Option[]): string =>
  options
    .filter((option) => !option.hidden)
    .map(
      ({ flags, description, argChoices }) =>
        `- \`${flags}\`: ${description}${argChoices ? ` (${argChoices.join(', ')})` : ''}`,
    )
    .join('\n')

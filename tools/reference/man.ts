import { readFileSync } from 'node:fs'
import { commands } from '../../src/cli/commands/index.ts'
import type { OptionOutline, Outline } from '../../src/cli/kit/outline.ts'
import { prose, roff, section, terms, usage, verbatim } from './roff.ts'

type Commands = typeof commands
type Command = Commands[number]

/** A manual page for the program and for each of its commands, by their file names. */
export function manPages(program: Outline): readonly (readonly [name: string, text: string])[] {
  return [
    ['hearth.1', programPage(program)],
    ...commands.map((command) => {
      const name = `hearth-${command.name.replaceAll(' ', '-')}`
      return [`${name}.1`, commandPage(name, command, named(program, command.name))] as const
    }),
  ]
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

/** When the pages were last given another form: they must have a date, and the same one however often they are written. */
const written = '2026-11-26'

const head = (name: string, summary: string): string =>
  `.\\" Made from the code by tools/docs.ts: change the declarations, not this page.
.TH ${roff(name.toUpperCase())} 1 "${written}" "hearth ${version}" "Hearth"
.SH NAME
${roff(name)} \\- ${roff(summary.replace(/\.$/, ''))}
`

function programPage(program: Outline): string {
  const pages = commands.map(({ name, summary }) => [`\\fB${roff(name)}\\fR`, prose(summary)] as const)
  return [
    head('hearth', program.summary),
    section(
      'SYNOPSIS',
      '\\fBhearth\\fR [\\fIoptions\\fR] \\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]',
    ),
    section(
      'DESCRIPTION',
      prose(
        'What each command takes is told by `hearth command --help`, and by a page of its own: that of `stack create` is `hearth-stack-create`. The options below may stand before or after the words of a command.',
      ),
    ),
    section('COMMANDS', terms(pages)),
    section('OPTIONS', options(program.options)),
    section('ENVIRONMENT', terms(environment)),
    section('FILES', terms(files)),
    section('EXIT STATUS', exitStatus),
    section('SEE ALSO', '\\fBopenstack\\fR(1)'),
  ].join('')
}

function commandPage(name: string, command: Command, outline: Outline): string {
  const { summary, otherName, notes, example, arguments: words } = command
  const more = [notes, otherName && `Also \`hearth ${otherName}\`.`].filter((part) => part !== undefined)
  const forms = outline.arguments.map(({ name: word, required, repeats }) => {
    const form = repeats ? `${word}...` : word
    return usage(required ? `<${form}>` : `[${form}]`)
  })
  const meanings = outline.arguments.map(({ name: word, description, choices }) => {
    const one = choices ? `${description}: ${choices.join(', ')}` : description
    return [usage(`<${word}>`), prose(words[word]?.description === undefined ? '' : one)] as const
  })
  return [
    head(name, summary),
    section('SYNOPSIS', [usage(`hearth ${command.name}`), '[\\fIoptions\\fR]', ...forms].join(' ')),
    section('DESCRIPTION', prose([summary, ...more].join(' '))),
    section('ARGUMENTS', terms(meanings)),
    section('OPTIONS', `${options(outline.options)}\n.PP\nThose of \\fBhearth\\fR(1) besides.`),
    section('EXAMPLES', verbatim(example)),
    section('EXIT STATUS', exitStatus),
    section('SEE ALSO', '\\fBhearth\\fR(1)'),
  ].join('')
}

const options = (all: readonly OptionOutline[]): string =>
  terms(
    all.map(({ flags, description, choices }) => [
      usage(flags),
      prose(choices ? `${description}: ${choices.join(', ')}` : description),
    ]),
  )

const environment = [
  [
    '\\fBOS_\\fR*',
    prose(
      'Which cloud, and who asks: `OS_AUTH_URL`, `OS_USERNAME`, `OS_PASSWORD`, `OS_PROJECT_NAME` and the others, one for each option that begins with `--os-`.',
    ),
  ],
  ['\\fBOS_CLOUD\\fR', prose('A cloud of `clouds.yaml`, as `--os-cloud` names it.')],
  ['\\fBHEARTH_STATE_DIR\\fR', prose('Where `hearth up` keeps its state, as `--state-dir` names it.')],
  ['\\fBCLIFF_MAX_TERM_WIDTH\\fR', prose('The width of tables, as `--max-width` says it.')],
] as const

const files = [
  [
    '\\fIclouds.yaml\\fR, \\fIsecure.yaml\\fR, \\fIclouds\\-public.yaml\\fR',
    prose('Clouds by their names; sought here, in `~/.config/openstack` and in `/etc/openstack`.'),
  ],
  ['\\fI.hearth\\fR', prose('The state of the service that `hearth up` started here.')],
] as const

const exitStatus = terms([
  ['0', 'It was done.'],
  ['1', 'It failed; what went wrong stands in the standard error output.'],
  ['2', 'The command line was not understood.'],
  ['130', 'It was only waited for something, and the wait was broken off.'],
])

function named(program: Outline, name: string): Outline {
  return name.split(' ').reduce((group, word) => {
    const found = group.commands.find((one) => one.name === word)
    if (found === undefined) throw new Error(`There is no command ${name}`)
    return found
  }, program)
}

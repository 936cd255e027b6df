import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { directoryWith, run } from '../fakes.ts'

export type Shell = 'bash' | 'zsh' | 'fish'

/** What a shell is to offer behind a line, in a directory with `web.yaml`, `a b.yaml` and `sub/`; `hearth` there knows two stacks. */
export const offered: Readonly<Record<string, readonly string[]>> = {
  'hearth sta': ['stack'],
  'hearth stack li': ['list'],
  'hearth stack resource m': ['mark', 'metadata'],
  'hearth stack create --temp': ['--template'],
  'hearth stack list --os-cl': ['--os-client-id', '--os-client-secret', '--os-cloud'],
  'hearth stack list --tag-mode n': ['not', 'not-any'],
  'hearth stack list --tag-mode=n': ['not', 'not-any'],
  'hearth stack create -t ': ['a b.yaml', 'sub', 'web.yaml'],
  'hearth stack create --template=w': ['web.yaml'],
  'hearth stack create --parameter-file key=w': ['web.yaml'],
  'hearth --state-dir ': ['sub'],
  'hearth stack create n': [],
  'hearth stack show w': ['web', 'web-2'],
  'hearth stack delete web w': ['web', 'web-2'],
  'hearth --os-cloud mine stack show w': ['web', 'web-2'],
  'hearth completion ': ['bash', 'fish', 'zsh'],
}

/** A directory to complete in, and what a shell offers behind a line there. */
export async function completing(test: TestContext, shell: Shell) {
  const directory = directoryWith(test, { 'web.yaml': '', 'a b.yaml': '', 'sub/x': '' })
  const tools = directoryWith(test, { hearth })
  chmodSync(join(tools, 'hearth'), 0o755)
  const script = join(tools, '_hearth')
  writeFileSync(script, (await run(['completion', shell], {})).out)
  const env = { PATH: `${tools}:${process.env.PATH}`, HOME: tools, TERM: 'dumb' }
  const calls = () => {
    const file = join(tools, 'calls')
    return existsSync(file) ? linesOf(readFileSync(file, 'utf8')) : []
  }
  const offers = (line: string): readonly string[] => {
    const found = drivers[shell](line, { script, env, directory, tools })
    return found.map((word) => plain(word, line)).toSorted()
  }
  return { directory, offers, calls }
}

/** A service with two stacks, and with answers that no shell must ever run. */
const hearth = `#!/bin/sh
echo "$*" >> "$(dirname "$0")/calls"
printf '%s\\n' web web-2 '$(touch pwned)' '\`touch pwned\`' 'web;touch pwned' '*'
`

interface Place {
  readonly script: string
  readonly env: Readonly<Record<string, string>>
  readonly directory: string
  readonly tools: string
}

const drivers: Readonly<Record<Shell, (line: string, place: Place) => readonly string[]>> = {
  bash(line, place) {
    const words = wordsOfReadline(line)
    const asked = `
      source "$1"; COMP_LINE=$2; COMP_POINT=\${#2}; shift 2
      COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))
      _hearth hearth; (( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"; true`
    return linesOf(told('bash', ['--norc', '-c', asked, 'bash', place.script, line, ...words], place))
  },
  zsh(line, place) {
    const out = join(place.tools, 'offered')
    rmSync(out, { force: true })
    told('zsh', ['-f', '-c', capture, 'zsh', place.script, line, out], place)
    return linesOf(readFileSync(out, 'utf8')).filter((word) => word !== '.')
  },
  fish(line, place) {
    const asked = `source $argv[1]; complete -C $argv[2]`
    const offers = linesOf(told('fish', ['--no-config', '-c', asked, place.script, line], place))
    return offers.map((offer) => offer.split('\t')[0] ?? '')
  },
}

const told = (shell: Shell, args: readonly string[], { env, directory }: Place): string =>
  execFileSync(shell, args, { cwd: directory, env, encoding: 'utf8', timeout: 30_000 })

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '')

/** As Bash takes a line apart for completion: at spaces, and around each = and :. */
const wordsOfReadline = (line: string): readonly string[] =>
  line
    .split(' ')
    .flatMap((word) => (word === '' ? [''] : word.split(/([=:]+)/).filter((part) => part !== '')))

/** An offer without what tells files from directories, quotes what is odd in names, or is on the line already. */
function plain(word: string, line: string): string {
  const before = /(?:^| )([^ ]*=)/.exec(line)?.[1] ?? ''
  const short = word.startsWith(before) ? word.slice(before.length) : word
  return short.replace(/\/$/, '').replaceAll('\\ ', ' ')
}

/** Has an interactive Zsh complete a line, and writes to a file what it then has to choose from. */
const capture = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "autoload -Uz compinit && compinit -u -D && source \${(q)1}
compadd() {
  if [[ \\\${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd \\"\\$@\\"; return; fi
  local -a hits; builtin compadd -A hits \\"\\$@\\"; (( \\$#hits )) && print -rl -- \\$hits >> \${(q)3}
  builtin compadd \\"\\$@\\"
}
finish() { zle complete-word; print -r -- . >> \${(q)3} }
zle -N finish; bindkey '^I' finish; setopt nobeep"
zpty -w -n z "$2"$'\\t'
repeat 200; do [[ -e $3 && "$(<$3)" == *. ]] && break; sleep 0.1; done
zpty -d z`

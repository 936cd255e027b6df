import type { Outline } from '../kit/outline.ts'
import { type Place, placesOf } from './places.ts'
import {
  type Branch,
  expectation,
  grouped,
  placeBranches,
  plainNames,
  quotedList,
  singleQuoted,
  stackNames,
  valueBranches,
  whoAndWhere,
} from './shell-text.ts'

/** Completion for Zsh, to be found as `_hearth` in its `fpath`, or to be read by a running shell. */
export function zshCompletion(program: Outline): string {
  const places = placesOf(program)
  const values = valueBranches(places, (expected) => `takes=${singleQuoted(expectation(expected))}`)
  return `#compdef hearth
# Completion of hearth for Zsh, made by \`hearth completion zsh\`.

# Says what may come next at a place; fails where there is no such place.
__hearth_place() {
  case $1 in
${cases(placeBranches(places, placeAction))}
    (*) return 1 ;;
  esac
}

# Says what the value of an option is, at a place; fails where it has none.
__hearth_value() {
  __hearth_value_at "$1:$2" || __hearth_value_at ":$2"
}
__hearth_value_at() {
  case $1 in
${cases(values)}
    (*) return 1 ;;
  esac
}
${walking}`
}

const cases = (branches: readonly Branch[]): string =>
  grouped(branches)
    .map(([patterns, action]) => `    (${patterns.map(singleQuoted).join('|')})\n      ${action} ;;`)
    .join('\n')

const placeAction = ({ words, options, arguments: expected, repeats }: Place): string =>
  [
    `below=(${quotedList(words.map(({ name, description }) => `${name}:${description}`))})`,
    `flags=(${quotedList(options.flatMap(({ names, description }) => names.map((name) => `${name}:${description}`)))})`,
    `arguments=(${quotedList(expected.map(expectation))})`,
    `repeats=${repeats ? 'yes' : "''"}`,
  ].join(' ')

const walking = `
# The names of the stacks, asked of the service and known for half a minute.
__hearth_stacks() {
  local of
  of=$(print -rl -- $connection ${whoAndWhere.map((name) => `"$${name}"`).join(' ')} | cksum)
  if [[ $of != $__hearth_stacks_of ]] || (( SECONDS > \${__hearth_stacks_until:-0} )); then
    typeset -g __hearth_stacks_of=$of
    typeset -ga __hearth_stacks_known=(\${(f)"$(timeout 2 \${~program} $connection ${stackNames} \\
      </dev/null 2>/dev/null | ${plainNames})"})
    typeset -gi __hearth_stacks_until=$(( SECONDS + 30 ))
  fi
}

# Offers what is expected.
__hearth_offer() {
  case $1 in
    ('word '*) compadd -- \${(s: :)\${1#word }} ;;
    (stack) __hearth_stacks; compadd -- $__hearth_stacks_known ;;
    (file) _files ;;
    (directory) _files -/ ;;
    (file-of-key) compset -P '*=' && _files ;;
  esac
}

_hearth() {
  local -a below flags arguments everywhere connection
  local program=$words[1] repeats='' takes='' place='' option='' word
  integer i position=1

  __hearth_place ''
  everywhere=($flags)
  flags=()
  for (( i = 2; i < CURRENT; i++ )); do
    word=\${(Q)words[i]}
    if [[ -n $option ]]; then
      [[ $option == --os-* || $option == --state-dir ]] && connection+=($option $word)
      option=
    elif [[ $word == --?*=* ]]; then
      [[ $word == --os-* || $word == --state-dir=* ]] && connection+=($word)
    elif [[ $word == -?* ]]; then
      [[ $word == --insecure ]] && connection+=($word)
      __hearth_value "$place" "$word" && option=$word
    elif (( position == 1 )) && __hearth_place "\${place:+$place }$word"; then
      place="\${place:+$place }$word"
    else
      position+=1
    fi
  done

  if [[ -n $option ]]; then
    __hearth_value "$place" "$option" && __hearth_offer "$takes"
  elif [[ $PREFIX == --?*=* ]]; then
    option=\${PREFIX%%=*}
    compset -P 1 '*='
    __hearth_value "$place" "$option" && __hearth_offer "$takes"
  elif [[ $PREFIX == -* ]]; then
    everywhere+=($flags)
    _describe -o option everywhere
  elif (( $#below > 0 )); then
    _describe command below
  else
    [[ -n $repeats ]] && (( position > $#arguments )) && position=$#arguments
    __hearth_offer "$arguments[position]"
  fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _hearth "$@"
else
  compdef _hearth hearth
fi
`

import type { Outline } from '../kit/outline.ts'
import { type Place, placesOf } from './places.ts'
import { expectation, lookups, plainNames, quotedList, stackNames, whoAndWhere } from './shell-text.ts'

/** Completion for Zsh, to be found as `_hearth` in its `fpath`, or to be read by a running shell. */
export function zshCompletion(program: Outline): string {
  return `#compdef hearth
# Completion of hearth for Zsh, made by \`hearth completion zsh\`.

${lookups(placesOf(program), placeAction)}
${walking}`
}

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

import type { Outline } from '../kit/outline.ts'
import { type Place, placesOf } from './places.ts'
import { expectation, lookups, plainNames, quotedList, stackNames, whoAndWhere } from './shell-text.ts'

/** Completion for Bash 4.3 and newer, which needs nothing else. */
export function bashCompletion(program: Outline): string {
  return `# Completion of hearth for Bash, made by \`hearth completion bash\`.

${lookups(placesOf(program), placeAction)}
${walking}`
}

const placeAction = ({ words, options, arguments: expected, repeats }: Place): string =>
  [
    `commands=(${quotedList(words.map(({ name }) => name))})`,
    `options=(${quotedList(options.flatMap(({ names }) => names))})`,
    `arguments=(${quotedList(expected.map(expectation))})`,
    `repeats=${repeats ? 'yes' : ''}`,
  ].join(' ')

const walking = `
# The names of the stacks, asked of the service and known for half a minute.
__hearth_stacks() {
  local of
  of=$(printf '%s\\n' "\${connection[@]}" ${whoAndWhere.map((name) => `"$${name}"`).join(' ')} | cksum)
  if [[ $of != "\${__hearth_stacks_of-}" ]] || (( SECONDS > \${__hearth_stacks_until:-0} )); then
    __hearth_stacks_known=$(timeout 2 "\${program/#\\~\\//$HOME/}" "\${connection[@]}" ${stackNames} \\
      </dev/null 2>/dev/null | ${plainNames})
    __hearth_stacks_of=$of __hearth_stacks_until=$(( SECONDS + 30 ))
  fi
}

# Offers what is expected, as far as it begins with the value that is there.
__hearth_offer() {
  local word
  case $1 in
    'word '*) for word in \${1#word }; do [[ $word == "$value"* ]] && COMPREPLY+=("$head$word"); done ;;
    stack)
      __hearth_stacks
      for word in $__hearth_stacks_known; do [[ $word == "$value"* ]] && COMPREPLY+=("$head$word"); done ;;
    file|directory)
      local kind=-f
      [[ $1 == directory ]] && kind=-d
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$head$word"); done < <(compgen $kind -- "$value") ;;
    file-of-key)
      [[ $value == *=* ]] || return
      [[ $COMP_WORDBREAKS == *=* ]] || head+=\${value%%=*}=
      value=\${value#*=}
      __hearth_offer file ;;
  esac
}

_hearth() {
  local -a commands options arguments everywhere words connection
  local program=$1 repeats='' takes='' place='' option='' head='' value='' word i position=0
  COMPREPLY=()

  # Words as they were typed: Bash takes them apart at = and :, too.
  for (( i = 1; i <= COMP_CWORD; i++ )); do
    word=\${COMP_WORDS[i]}
    if (( i == COMP_CWORD )) && [[ -z $word && \${COMP_LINE:COMP_POINT-1:1} == ' ' ]]; then
      words+=('')
    elif (( \${#words[@]} > 0 )) && [[ $word == [=:]* || \${words[-1]} == *[=:] ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  value=\${words[-1]-}
  unset 'words[-1]'

  __hearth_place ''
  everywhere=("\${options[@]}")
  options=()
  for word in "\${words[@]}"; do
    if [[ -n $option ]]; then
      [[ $option == --os-* || $option == --state-dir ]] && connection+=("$option" "$word")
      option=
    elif [[ $word == --?*=* ]]; then
      [[ $word == --os-* || $word == --state-dir=* ]] && connection+=("$word")
    elif [[ $word == -?* ]]; then
      [[ $word == --insecure ]] && connection+=("$word")
      __hearth_value "$place" "$word" && option=$word
    elif (( position == 0 )) && __hearth_place "\${place:+$place }$word"; then
      place="\${place:+$place }$word"
    else
      position=$(( position + 1 ))
    fi
  done

  if [[ -n $option ]]; then
    __hearth_value "$place" "$option" && __hearth_offer "$takes"
  elif [[ $value == --?*=* ]]; then
    option=\${value%%=*}
    [[ $COMP_WORDBREAKS == *=* ]] || head=$option=
    value=\${value#*=}
    __hearth_value "$place" "$option" && __hearth_offer "$takes"
  elif [[ $value == -* ]]; then
    __hearth_offer "word \${options[*]} \${everywhere[*]}"
  elif (( \${#commands[@]} > 0 )); then
    __hearth_offer "word \${commands[*]}"
  else
    [[ -n $repeats ]] && (( position >= \${#arguments[@]} )) && position=$(( \${#arguments[@]} - 1 ))
    __hearth_offer "\${arguments[position]-}"
  fi
}

complete -F _hearth hearth
`

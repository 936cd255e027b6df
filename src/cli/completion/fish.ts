import type { Outline } from '../kit/outline.ts'
import { type Place, placesOf } from './places.ts'
import {
  type Branch,
  expectation,
  grouped,
  placeBranches,
  plainNames,
  stackNames,
  valueBranches,
  whoAndWhere,
} from './shell-text.ts'

/** Completion for Fish 3 and newer. */
export function fishCompletion(program: Outline): string {
  const places = placesOf(program)
  const values = valueBranches(places, (expected) => `set -g __hearth_takes ${quoted(expectation(expected))}`)
  return `# Completion of hearth for Fish, made by \`hearth completion fish\`.

# Says what may come next at a place; fails where there is no such place.
function __hearth_place
    switch $argv[1]
${cases(placeBranches(places, placeAction))}
        case '*'
            return 1
    end
end

# Says what the value of an option is, at a place; fails where it has none.
function __hearth_value
    __hearth_value_at "$argv[1]:$argv[2]"; or __hearth_value_at ":$argv[2]"
end
function __hearth_value_at
    switch $argv[1]
${cases(values)}
        case '*'
            return 1
    end
end
${walking}`
}

/** Between single quotes Fish sees nothing but letters, the quote itself and the backslash. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

const cases = (branches: readonly Branch[]): string =>
  grouped(branches)
    .map(
      ([patterns, action]) =>
        `        case ${patterns.map(quoted).join(' ')}\n            ${action.replaceAll('\n', '\n            ')}\n            return 0`,
    )
    .join('\n')

const placeAction = ({ words, options, arguments: expected, repeats }: Place): string =>
  [
    set(
      'below',
      words.map(({ name, description }) => `${name}\t${description}`),
    ),
    set(
      'flags',
      options.flatMap(({ names, description }) => names.map((name) => `${name}\t${description}`)),
    ),
    set('arguments', expected.map(expectation)),
    set('repeats', repeats ? ['yes'] : []),
  ].join('\n')

const set = (name: string, values: readonly string[]): string =>
  ['set', '-g', `__hearth_${name}`, ...values.map(quoted)].join(' ')

const walking = `
# The names of the stacks, asked of the service and known for half a minute.
function __hearth_stacks
    set -l of (printf '%s\\n' $__hearth_connection ${whoAndWhere.map((name) => `"$${name}"`).join(' ')} | cksum)
    set -l now (date +%s)
    if test "$of" != "$__hearth_stacks_of"; or test $now -gt "$__hearth_stacks_until"
        set -g __hearth_stacks_known (timeout 2 $__hearth_program $__hearth_connection ${stackNames} \\
            </dev/null 2>/dev/null | ${plainNames})
        set -g __hearth_stacks_of $of
        set -g __hearth_stacks_until (math $now + 30)
    end
    string join \\n -- $__hearth_stacks_known
end

# Offers what is expected, with what stands before the value already.
function __hearth_offer
    set -l head $argv[2]
    set -l value $argv[3]
    switch $argv[1]
        case 'word *'
            for word in (string split ' ' -- (string replace 'word ' '' -- $argv[1]))
                echo $head$word
            end
        case stack
            for word in (__hearth_stacks)
                echo $head$word
            end
        case file
            for word in (__fish_complete_path $value)
                echo $head$word
            end
        case directory
            for word in (__fish_complete_directories $value '')
                echo $head$word
            end
        case file-of-key
            if string match -q '*=*' -- $value
                set -l parts (string split -m 1 = -- $value)
                __hearth_offer file "$head$parts[1]=" $parts[2]
            end
    end
end

function __hearth_complete
    set -l words (commandline -opc)
    set -l value (commandline -ct)
    set -g __hearth_program $words[1]
    set -g __hearth_connection
    set -l place ''
    set -l option ''
    set -l position 1

    __hearth_place ''
    set -l everywhere $__hearth_flags
    set -g __hearth_flags
    for word in $words[2..-1]
        if test -n "$option"
            string match -qr -- '^--(os-.*|state-dir)$' $option
            and set -a __hearth_connection $option $word
            set option ''
        else if string match -qr -- '^--[^=]+=' $word
            string match -qr -- '^--(os-|state-dir=)' $word
            and set -a __hearth_connection $word
        else if string match -qr -- '^-.' $word
            test $word = --insecure
            and set -a __hearth_connection $word
            __hearth_value "$place" $word
            and set option $word
        else if test $position -eq 1; and __hearth_place (string trim -- "$place $word")
            set place (string trim -- "$place $word")
        else
            set position (math $position + 1)
        end
    end

    if test -n "$option"
        __hearth_value "$place" $option
        and __hearth_offer $__hearth_takes '' "$value"
    else if string match -qr -- '^--[^=]+=' $value
        set -l parts (string split -m 1 = -- $value)
        __hearth_value "$place" $parts[1]
        and __hearth_offer $__hearth_takes "$parts[1]=" "$parts[2]"
    else if string match -q -- '-*' $value
        string join \\n -- $__hearth_flags $everywhere
    else if test (count $__hearth_below) -gt 0
        string join \\n -- $__hearth_below
    else
        set -l last (count $__hearth_arguments)
        if test -n "$__hearth_repeats"; and test $position -gt $last
            set position $last
        end
        if test $position -le $last
            __hearth_offer $__hearth_arguments[$position] '' "$value"
        end
    end
end

complete -c hearth -f -a '(__hearth_complete)'
`

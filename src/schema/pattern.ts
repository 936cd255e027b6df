/** Tells whether a text meets a pattern, or the words that say why the pattern itself can't be used. */
export type Matcher = ((text: string) => boolean) | { readonly unusable: string }

const compiled = new Map<string, Matcher>()

/**
 * Whether a regular expression, written as for Heat (Python's), fits a text. As there, the first match found from the
 * start must reach the end: `a|ab` does not fit `ab`.
 */
export function matcher(pattern: string): Matcher {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (compiled.size >= 500) compiled.clear()
  const made = compile(pattern)
  compiled.set(pattern, made)
  return made
}

function compile(pattern: string): Matcher {
  const [source, flags] = translate(pattern)
  const expression = attempt(source, `${flags}yu`) ?? attempt(source, `${flags}y`)
  if (!(expression instanceof RegExp)) return { unusable: `"${pattern}" is not a valid regular expression` }
  return (text) => {
    expression.lastIndex = 0
    return expression.test(text) && expression.lastIndex === text.length
  }
}

function attempt(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}

/** What Python spells otherwise: named groups, the ends of the text, flags at the start. */
function translate(pattern: string): readonly [source: string, flags: string] {
  const leading = /^\(\?([aiLmsux]+)\)/.exec(pattern)
  const flags = [...new Set(leading?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('')
  const source = pattern
    .slice(leading?.[0].length ?? 0)
    .replace(/\\[\s\S]|\(\?P<|\(\?P=(\w+)\)/g, (part, name: string | undefined) => {
      if (part === '(?P<') return '(?<'
      if (name !== undefined) return `\\k<${name}>`
      if (part === '\\A') return '^'
      return part === '\\Z' ? '$' : part
    })
  return [source, flags]
}

import type { Position } from '../problem.ts'

/** Where reading a text as YAML ended, and why in the reader's words. */
interface Fault {
  readonly reason: string
  /** The lines of the text, without their ends. */
  readonly lines: readonly string[]
  /** Counted from one. */
  readonly line: number
  /** What stands in its line before the fault, and from it on. */
  readonly before: string
  readonly rest: string
}

/**
 * What to do about a text that is no YAML, as far as it can be guessed from where reading it ended: mostly that is behind the
 * mistake. Nothing of the text is quoted but single signs, for it may hold a password.
 */
export function syntaxAdvice(
  text: string,
  reason: string,
  { line, column }: Position,
): { readonly hint?: string } {
  const lines = text.split(/\r?\n/)
  const here = lines[line - 1] ?? ''
  const fault: Fault = {
    reason,
    lines,
    line,
    before: here.slice(0, column - 1),
    rest: here.slice(column - 1),
  }
  for (const advise of advisers) {
    const hint = advise(fault)
    if (hint !== undefined) return { hint }
  }
  return {}
}

const advisers: readonly ((fault: Fault) => string | undefined)[] = [
  aboutStrangeSpace,
  aboutWords,
  aboutMissingColon,
  aboutOpenQuotes,
  aboutOpenBracket,
  aboutPlainText,
  aboutIndentation,
]

/** Spaces that look like plain ones and are letters to YAML: they come along when something is copied from a web page. */
const strangeSpace = /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/

function aboutStrangeSpace({ lines, line }: Fault): string | undefined {
  for (const at of [line, line - 1]) {
    const found = strangeSpace.exec(lines[at - 1] ?? '')
    if (found === null) continue
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return `In line ${at}, column ${found.index + 1} is the sign U+${code}, which only looks like a space: write a plain one`
  }
  return undefined
}

/** What can be told from the reader's words alone. */
function aboutWords({ reason }: Fault): string | undefined {
  if (reason.startsWith('tab characters')) return 'Indent with spaces'
  if (reason.startsWith('unknown escape'))
    return 'In double quotes a backslash is written twice; in single quotes it stands for itself'
  if (/^unknown \w+ tag/.test(reason))
    return 'Templates have no tags: write a call as a map, such as { Ref: name } for !Ref name'
  return undefined
}

function aboutMissingColon({ reason, lines, line }: Fault): string | undefined {
  if (!reason.includes('implicit key')) return undefined
  const before = lines.findLastIndex((text, i) => i < line - 1 && text.trim() !== '')
  if (before < 0 || /:(\s|$)/.test(lines[before] ?? '')) return undefined
  return `Line ${before + 1} has no colon with a space behind it`
}

function aboutOpenQuotes({ reason, lines }: Fault): string | undefined {
  const [, kind] = /within a (double|single) quoted scalar/.exec(reason) ?? []
  if (kind === undefined) return undefined
  const opened = kind === 'double' ? /(^|[:\-,[{]\s*)"[^"\\]*$/ : /(^|[:\-,[{]\s*)'[^']*$/
  const first = lines.findIndex((text) => opened.test(text))
  return first < 0 ? undefined : `The quotes that do not end seem to begin in line ${first + 1}`
}

function aboutOpenBracket(fault: Fault): string | undefined {
  const { reason, rest } = fault
  if (!/flow collection/.test(reason)) return undefined
  const open = lastOpen(fault)
  const unclosed = open && `${open.sign} in line ${open.line}, column ${open.column} is not closed`
  if (reason.includes('end of the stream') || /^[:}\]]/.test(rest)) return unclosed && `The ${unclosed}`
  const isOnEarlierLine = open !== undefined && open.line < fault.line
  return `A comma is missing before it${isOnEarlierLine ? `, or the ${unclosed}` : ''}`
}

interface Bracket {
  readonly sign: string
  readonly line: number
  readonly column: number
}

/** How far back an open bracket is sought, in lines. */
const farthest = 200

/** The innermost bracket before a fault that is not closed; texts in quotes are passed over. */
function lastOpen({ lines, line, before }: Fault): Bracket | undefined {
  const open: Bracket[] = []
  const from = Math.max(0, line - farthest)
  for (const [i, text] of [...lines.slice(from, line - 1), before].entries()) {
    for (const { 0: sign, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?|'[^']*'?|#.*|[[\]{}]/g)) {
      if (sign === '{' || sign === '[') open.push({ sign, line: from + i + 1, column: index + 1 })
      else if (sign === '}' || sign === ']') open.pop()
    }
  }
  return open.at(-1)
}

/** A text without quotes that YAML takes for something else. */
function aboutPlainText({ reason, before, rest }: Fault): string | undefined {
  if (reason.startsWith('unidentified alias'))
    return mustBeQuoted(before.at(-1) === '*' ? '*' : rest.slice(0, 1))
  if (reason.includes('complex keys'))
    return 'A text that begins with {{ must be in quotes; and a map can not be the key of a map'
  if (!reason.startsWith('bad indentation')) return undefined
  const isValue = /^\s*(- +)*[^\s'"{[][^'"]*?:\s+/.test(before)
  if (/^[%@`]/.test(rest)) return mustBeQuoted(rest.slice(0, 1))
  if (isValue && rest.startsWith('- ')) return 'A list begins in a line of its own'
  if (isValue && rest.startsWith(':')) return 'A text with a colon and a space in it must be in quotes'
  if (/["']\s*$/.test(before))
    return 'The text in quotes ends before this; within single quotes one is written twice, within double quotes behind a backslash'
  return undefined
}

const mustBeQuoted = (sign: string): string => `A text that begins with ${sign} must be in quotes`

function aboutIndentation({ reason, lines, line }: Fault): string | undefined {
  if (!reason.startsWith('bad indentation')) return undefined
  const own = widthOf(lines[line - 1] ?? '')
  const above = marginsAbove(lines, line)
  const fitting = [above.findLast((one) => one > own), above.find((one) => one < own)].filter(
    (one) => one !== undefined,
  )
  if (fitting.length === 0 || above.includes(own)) return undefined
  return `Line ${line} is indented by ${own}; the lines above it by ${fitting.join(' or ')}`
}

const widthOf = (text: string): number => text.length - text.trimStart().length

/** How far the lines are indented that a line could belong to: the innermost first. What follows a dash counts too. */
function marginsAbove(lines: readonly string[], line: number): readonly number[] {
  const margins: number[] = []
  for (let at = line - 2; at >= 0 && margins.at(-1) !== 0; at--)
    margins.push(...marginsOf(lines[at] ?? '').filter((one) => one < (margins.at(-1) ?? Infinity)))
  return margins
}

function marginsOf(text: string): readonly number[] {
  if (/^\s*(#|$)/.test(text)) return []
  const behindDash = /^\s*- +(?=\S)/.exec(text)?.[0].length
  return behindDash === undefined ? [widthOf(text)] : [behindDash, widthOf(text)]
}

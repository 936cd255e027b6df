/** How many columns of a terminal a text takes: wide characters take two, combining ones none. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The text with spaces behind it until it fills a width. */
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** The text with spaces before it until it fills a width. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text

/** As much of a text as fits a width; what is lost is told by an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  return width < 1 ? '' : `${headOf(text, width - 1)}…`
}

/** The longest beginning of a text that fits a width. */
export function headOf(text: string, width: number): string {
  let used = 0
  let head = ''
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) break
    head += character
  }
  return head
}

/** A text that can do a terminal no harm: no escape sequences, and spaces where tabs were. Line ends stay. */
export function plainText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/\r/g, ' ').replace(/\t/g, '    ').replace(controls, '�')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const controls = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g

const zero = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const wide =
  /^[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u

function characterWidth(character: string): number {
  if (zero.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

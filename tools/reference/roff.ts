/** Plain text for a page of man(7): no character of it is taken for a request, and what is no ASCII is named. */
export const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(/^\./gm, '\\&.')
    .replace(
      /\P{ASCII}/gu,
      (one) => `\\[u${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )

/** The same in short lines, each sentence on its own, with what stands between backticks in bold. */
export const prose = (text: string): string =>
  text
    .split(/(?<=[.?!]) (?=[A-Z])/)
    .map(sentence)
    .join('\n')

const sentence = (text: string): string =>
  inLines(
    text
      .split('`')
      .map((part, i) => (i % 2 === 0 ? roff(part) : `\\fB${roff(part)}\\fR`))
      .join(''),
  )

function inLines(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && longer.length <= 78) lines.splice(-1, 1, longer)
    else lines.push(word.replace(/^\./, '\\&.'))
  }
  return lines.join('\n')
}

/** What is typed, in bold, and the words that stand for something else in italics: `-t, --template <file>`. */
export const usage = (text: string): string =>
  text
    .split(/(<[^>]+>|\[[^\]]+\])/)
    .map((part) =>
      /^[<[]/.test(part) ? `\\fI${roff(part)}\\fR` : part.trim() === '' ? part : `\\fB${roff(part)}\\fR`,
    )
    .join('')

/** A section; nothing where there is nothing in it. */
export const section = (title: string, body: string): string => (body === '' ? '' : `.SH ${title}\n${body}\n`)

/** Terms, and under each what it means. */
export const terms = (all: readonly (readonly [term: string, meaning: string])[]): string =>
  all.map(([term, meaning]) => `.TP\n${term}\n${meaning}`).join('\n')

/** Lines as they are. */
export const verbatim = (text: string): string => `.EX\n${roff(text)}\n.EE`

/** What the comments of a text say about rules. */
export interface SwitchedOff {
  readonly inFile: ReadonlySet<string>
  readonly byLine: ReadonlyMap<number, ReadonlySet<string>>
  /** Every code that is named, with the place of its comment. */
  readonly named: readonly { readonly code: string; readonly line: number; readonly column: number }[]
}

/**
 * Reads the comments that switch rules off: `# hearth: disable=UnusedParameter,OldVersion` behind something counts for
 * its line, on a line of its own for the whole file.
 */
export function switchedOff(text: string): SwitchedOff {
  const inFile = new Set<string>()
  const byLine = new Map<number, Set<string>>()
  const named: { code: string; line: number; column: number }[] = []
  if (!text.includes('hearth:')) return { inFile, byLine, named }
  for (const [i, line] of text.split('\n').entries()) {
    const comment = /(^|\s)#\s*hearth:\s*disable=([\w,-]+)/.exec(line)
    if (comment === null) continue
    const codes = (comment[2] ?? '').split(',').filter((code) => code !== '')
    const isAlone = line.slice(0, comment.index).trim() === ''
    const counts = isAlone ? inFile : (byLine.get(i + 1) ?? new Set())
    for (const code of codes) {
      counts.add(code)
      named.push({ code, line: i + 1, column: comment.index + (comment[1]?.length ?? 0) + 1 })
    }
    if (!isAlone) byLine.set(i + 1, counts)
  }
  return { inFile, byLine, named }
}

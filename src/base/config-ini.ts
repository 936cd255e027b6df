/** One `name = value` of a configuration file, and where it stands. */
export interface Assignment {
  readonly section: string
  readonly name: string
  readonly value: string
  /** `/etc/heat/heat.conf:12` */
  readonly place: string
}

export interface ParsedIni {
  readonly assignments: readonly Assignment[]
  /** What is not in the form of such a file, line for line. */
  readonly problems: readonly string[]
}

/**
 * Reads a file in the form of oslo.config: sections in brackets, `name = value` or `name: value`, lines that begin with a
 * space continue the value before, `#` and `;` begin a comment line, and a value may stand in quotes.
 */
export function parseIni(text: string, file: string): ParsedIni {
  const assignments: Assignment[] = []
  const problems: string[] = []
  let section = 'DEFAULT'
  let open: { name: string; lines: string[]; place: string } | undefined

  function close(): void {
    if (open) assignments.push({ section, name: open.name, value: open.lines.join('\n'), place: open.place })
    open = undefined
  }

  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const place = `${file}:${index + 1}`
    const kind = kindOf(line)
    if (kind === 'continuation') {
      if (open) open.lines.push(line.trim())
      else problems.push(`${place}: the line begins with a space, but continues no value`)
      continue
    }
    close()
    if (kind === 'section') section = line.trim().slice(1, -1).trim()
    else if (kind === 'assignment') open = { ...assignment(line), place }
    else if (kind === 'unknown')
      problems.push(`${place}: "${line.trim()}" is neither [section] nor name = value`)
  }
  close()
  return { assignments, problems }
}

function kindOf(line: string): 'nothing' | 'continuation' | 'section' | 'assignment' | 'unknown' {
  if (line.trim() === '' || /^[#;]/.test(line)) return 'nothing'
  if (/^\s/.test(line)) return 'continuation'
  if (/^\[\s*[^\]\s][^\]]*\]\s*$/.test(line)) return 'section'
  return /^[^\s:=[][^:=]*[:=]/.test(line) ? 'assignment' : 'unknown'
}

function assignment(line: string): { name: string; lines: string[] } {
  const separator = line.search(/[:=]/)
  const value = line.slice(separator + 1).trim()
  const quoted = /^(["'])(.*)\1$/s.exec(value)
  return { name: line.slice(0, separator).trim(), lines: [quoted?.[2] ?? value] }
}

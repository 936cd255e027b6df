import { createHash } from 'node:crypto'

/** One part of a message of several. */
export interface Part {
  /** Below `text/`: `cloud-config`; by default `plain`. */
  readonly subtype?: string | undefined
  readonly filename?: string | undefined
  readonly content: string
}

/** A message of several parts, as cloud-init reads them. Equal parts make equal messages. */
export function multipart(parts: readonly (Part | string)[]): string {
  const written = parts.map((part) => (typeof part === 'string' ? part : write(part)))
  const boundary = `===============${createHash('sha256').update(written.join('\0')).digest('hex').slice(0, 32)}==`
  const head = [`Content-Type: multipart/mixed; boundary="${boundary}"`, 'MIME-Version: 1.0', '', '']
  return `${head.join('\n')}${written.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`
}

function write({ subtype = 'plain', filename, content }: Part): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain text of seven bits goes as it is
  const plain = /^[\x00-\x7f]*$/.test(content)
  const [charset, encoding, body] = plain
    ? ['us-ascii', '7bit', content]
    : ['utf-8', 'base64', linesOf(Buffer.from(content, 'utf8').toString('base64'))]
  return [
    `Content-Type: text/${oneLine(subtype)}; charset="${charset}"`,
    'MIME-Version: 1.0',
    `Content-Transfer-Encoding: ${encoding}`,
    ...(filename === undefined ? [] : [`Content-Disposition: attachment; filename=${quoted(filename)}`]),
    '',
    body,
  ].join('\n')
}

const quoted = (text: string): string => `"${oneLine(text).replace(/["\\]/g, '\\$&')}"`

/** What stands in the head of a part can't end it. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ')

const linesOf = (text: string): string => text.match(/.{1,76}/g)?.join('\n') ?? ''

/** The parts of a message of several, each as it stands in it; `undefined` if a text is no such message. */
export function partsOf(text: string): readonly string[] | undefined {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1)
  const boundary = /^content-type:\s*multipart\/[^;]+;[\s\S]*?boundary="?([^"\n;]+)"?/im.exec(head)?.[1]
  if (boundary === undefined) return undefined
  const pieces = `\n${text.slice(head.length)}`.split(`\n--${boundary}`)
  return pieces.slice(1).flatMap((piece) => (piece.startsWith('--') ? [] : [piece.replace(/^\r?\n/, '')]))
}

import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/** Gives a text a style, where the place it goes to can show one. */
export type Paint = (style: Style, text: string) => string

export const noPaint: Paint = (_style, text) => text

/** A place to write text to. */
export interface Outlet {
  write(text: string): void
  readonly paint: Paint
  /** Whether a person sees it as it is written. */
  readonly isTerminal: boolean
  /** The size as of now; absent where there is no terminal. */
  readonly size: () => { readonly columns: number; readonly rows: number } | undefined
  /** Calls back whenever the size changes, until the returned function is called. */
  onResize(changed: () => void): () => void
}

/** The world of a command: where it writes and whom it may ask. */
export interface Terminal {
  readonly out: Outlet
  readonly err: Outlet
  readStdin(): Promise<Uint8Array>
  /** Whether somebody is there to answer questions. */
  readonly isInteractive: boolean
  /** Puts a question; `undefined` if they walk away. */
  ask(question: string): Promise<string | undefined>
  /** Calls back when the user presses Ctrl-C, until the returned function is called. */
  onInterrupt(interrupted: () => void): () => void
}

/** The terminal or the pipes that this process was started with. */
export function processTerminal(): Terminal {
  return {
    out: outlet(process.stdout),
    err: outlet(process.stderr),
    readStdin: async () => (await import('node:stream/consumers')).buffer(process.stdin),
    isInteractive: process.stdin.isTTY === true,
    ask: askUser,
    onInterrupt(interrupted) {
      process.on('SIGINT', interrupted)
      return () => process.off('SIGINT', interrupted)
    },
  }
}

function outlet(stream: NodeJS.WriteStream): Outlet {
  // Whoever read us has seen enough, as `head` does: there is nobody left to write for.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    write: (text) => void stream.write(text),
    paint: (style, text) => styleText(style, text, { stream }),
    isTerminal: stream.isTTY === true,
    // Some terminals, such as those of CI systems, don't know how large they are.
    size: () => (stream.isTTY ? { columns: stream.columns || 80, rows: stream.rows || 24 } : undefined),
    onResize(changed) {
      stream.on('resize', changed)
      return () => stream.off('resize', changed)
    },
  }
}

async function askUser(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const stopped = new AbortController()
  lines.on('close', () => stopped.abort())
  lines.on('SIGINT', () => lines.close())
  try {
    return await lines.question(question, { signal: stopped.signal })
  } catch {
    return undefined
  } finally {
    lines.close()
  }
}

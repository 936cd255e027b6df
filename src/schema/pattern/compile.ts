import type { Parsed } from './parse.ts'
import { type CharacterSet, type Part, PatternError, type Place } from './syntax.ts'

/** One step of matching. Numbers are places in the list of steps. */
export type Step =
  | { readonly do: 'take'; readonly set: CharacterSet }
  /** Goes on at `first`, and at `second` if that leads nowhere. */
  | { readonly do: 'try'; first: number; second: number }
  | { readonly do: 'go'; to: number }
  | { readonly do: 'be'; readonly place: Place; readonly word: CharacterSet }
  /** Keeps where a group begins (an even slot) or ends. */
  | { readonly do: 'keep'; readonly slot: number }
  | { readonly do: 'again'; readonly number: number; readonly ignoreCase: boolean }
  /** Has the steps behind it matched apart, from so many characters before or from here, and goes on at `next`. */
  | { readonly do: 'look'; readonly back: number | undefined; readonly negative: boolean; next: number }
  | { readonly do: 'end' }

export type Program = readonly Step[]

/** More steps than this are refused: `(a{1000}){1000}`. */
const mostSteps = 50_000

/** Turns a pattern into steps. What its groups match is kept where the pattern or its caller asks for it. */
export function compile({ part, refersBack }: Parsed, groups?: 'keep groups'): Program {
  const steps: Step[] = []
  emit(part, { steps, keepsGroups: refersBack || groups !== undefined })
  steps.push({ do: 'end' })
  return steps
}

interface Output {
  readonly steps: Step[]
  readonly keepsGroups: boolean
}

function emit(part: Part, output: Output): void {
  const { steps } = output
  if (steps.length > mostSteps) throw new PatternError('it is too large')
  switch (part.is) {
    case 'one of':
      steps.push({ do: 'take', set: part.set })
      return
    case 'sequence':
      for (const each of part.parts) emit(each, output)
      return
    case 'choice':
      emitChoice(part.options, output)
      return
    case 'repeat':
      emitRepeat(part, output)
      return
    case 'group':
      emitGroup(part, output)
      return
    case 'place':
      steps.push({ do: 'be', place: part.place, word: part.word })
      return
    case 'look':
      emitLook(part, output)
      return
    case 'same':
      steps.push({ do: 'again', number: part.number, ignoreCase: part.ignoreCase })
  }
}

function emitChoice(options: readonly Part[], output: Output): void {
  const { steps } = output
  const leaving: { to: number }[] = []
  for (const [i, option] of options.entries()) {
    if (i === options.length - 1) emit(option, output)
    else {
      const fork = { do: 'try' as const, first: steps.length + 1, second: 0 }
      steps.push(fork)
      emit(option, output)
      const leave = { do: 'go' as const, to: 0 }
      steps.push(leave)
      leaving.push(leave)
      fork.second = steps.length
    }
  }
  for (const leave of leaving) leave.to = steps.length
}

function emitRepeat({ part, least, most, lazy }: Extract<Part, { is: 'repeat' }>, output: Output): void {
  const { steps } = output
  for (let i = 0; i < least; i++) emit(part, output)
  if (most === Number.POSITIVE_INFINITY) emitLoop(part, lazy, output)
  const forks: Step[] = []
  for (let i = least; i < most && most !== Number.POSITIVE_INFINITY; i++) {
    forks.push(emitFork(steps))
    emit(part, output)
  }
  for (const fork of forks) direct(fork, lazy, { out: steps.length })
}

function emitLoop(part: Part, lazy: boolean, output: Output): void {
  const { steps } = output
  const start = steps.length
  const fork = emitFork(steps)
  emit(part, output)
  steps.push({ do: 'go', to: start })
  direct(fork, lazy, { out: steps.length })
}

function emitFork(steps: Step[]): Step {
  const fork: Step = { do: 'try', first: steps.length + 1, second: 0 }
  steps.push(fork)
  return fork
}

/** Says where a fork leads when the repetition is over, which a lazy one tries first. */
function direct(fork: Step, lazy: boolean, { out }: { readonly out: number }): void {
  if (fork.do !== 'try') return
  const into = fork.first
  fork.first = lazy ? out : into
  fork.second = lazy ? into : out
}

function emitGroup({ part, number }: Extract<Part, { is: 'group' }>, output: Output): void {
  const { steps, keepsGroups } = output
  if (keepsGroups) steps.push({ do: 'keep', slot: number * 2 })
  emit(part, output)
  if (keepsGroups) steps.push({ do: 'keep', slot: number * 2 + 1 })
}

function emitLook({ part, behind, negative }: Extract<Part, { is: 'look' }>, output: Output): void {
  const { steps } = output
  const look = { do: 'look' as const, back: behind ? widthOf(part) : undefined, negative, next: 0 }
  steps.push(look)
  emit(part, output)
  steps.push({ do: 'end' })
  look.next = steps.length
}

/** How many characters a part takes, which must be the same in every case where it is looked for behind. */
function widthOf(part: Part): number {
  switch (part.is) {
    case 'one of':
      return 1
    case 'sequence':
      return part.parts.reduce((sum, each) => sum + widthOf(each), 0)
    case 'group':
      return widthOf(part.part)
    case 'place':
    case 'look':
      return 0
    case 'choice': {
      const widths = new Set(part.options.map(widthOf))
      const [width = 0] = widths
      if (widths.size > 1) throw new PatternError('what it looks for behind has no fixed width')
      return width
    }
    case 'repeat':
      if (part.least === part.most) return part.least * widthOf(part.part)
      throw new PatternError('what it looks for behind has no fixed width')
    case 'same':
      throw new PatternError('what it looks for behind has no fixed width')
  }
}

/** How a problem looks to a REST caller and to an AWS Query caller. */
export interface Appearance {
  readonly status: number
  readonly aws?: string
}

export type Details = Readonly<Record<string, unknown>>

/** A failure a caller can be told about. It is known by its code, so it survives being sent between processes. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly details: Details

  constructor(
    code: string,
    message: string,
    { status, details = {}, cause }: { status: number; details?: Details; cause?: unknown },
  ) {
    super(message, { cause })
    this.name = code
    this.code = code
    this.status = status
    this.details = details
  }
}

/** One kind of problem: call it to make one, ask `is` to recognise one. */
export interface ProblemKind<D extends Details> extends Appearance {
  (details: D, cause?: unknown): Problem
  readonly code: string
  is(error: unknown): error is Problem
}

/** Declares a kind of problem: what it is called, how it looks outside, and how it reads. */
export function problem<D extends Details>(
  code: string,
  appearance: Appearance,
  message: (details: D) => string,
): ProblemKind<D> {
  const make = (details: D, cause?: unknown) =>
    new Problem(code, message(details), { status: appearance.status, details, cause })
  return Object.assign(make, {
    code,
    ...appearance,
    is: (error: unknown): error is Problem => error instanceof Problem && error.code === code,
  })
}

/** An error whose kind those who read of it know; for what nobody has to catch. */
export function failure(kind: string, message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options)
  error.name = kind
  return error
}

/** The words of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

import { Aborted } from './failure.ts'

/** Waiting at a hook was given up before anything was done: the resource is as good as it was. */
export class NotPassed extends Aborted {}

/** An error that ended the waiting at a hook, as it is thrown on. */
export const notPassed = (error: unknown): unknown =>
  error instanceof Aborted ? new NotPassed(error.message) : error

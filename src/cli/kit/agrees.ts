import type { Context } from './context.ts'

/** Whether somebody says yes to a question; where nobody is there to answer, it is taken for said. */
export async function agrees({ terminal }: Context, question: string): Promise<boolean> {
  if (!terminal.isInteractive) return true
  const answer = await terminal.ask(question)
  return /^y(es)?$/i.test(answer?.trim() ?? '')
}

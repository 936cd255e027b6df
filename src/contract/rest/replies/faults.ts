import { eitherOf, listOf, named, nothing, type Reply, record, type Told, text, whole } from '../../reply.ts'

const step: Reply<string | number> = eitherOf(text('A key.', 'resources'), whole('An index.', 0))
const place = (description: string) => whole(description, 7)

export const problem = named(
  'Problem',
  'What is wrong in a template, an environment or the values given to them, and where.',
  record(
    {
      code: text(
        'A stable name of the kind of problem; the reference of problems says what each means.',
        'UnknownProperty',
      ),
      message: text('What is wrong.', 'Unknown Property flavour'),
      path: listOf('The keys and indexes that lead to it from the top of its file.', step),
    },
    {
      file: text('The file that it is in; absent: the template itself.', 'server.yaml'),
      line: place(
        'The line on which the offending text begins, counted from one; absent where no text was sent.',
      ),
      column: place('The column at which it begins, counted from one.'),
      endLine: place('The line on which it ends.'),
      endColumn: place('The column behind its end.'),
      expected: text('What would have been right there.', 'a string'),
      version: text('The version of the template language that would accept it.', '2021-04-16'),
      hint: text('What to do about it.', 'Properties are written in lower case.'),
      meant: text('The nearest known name, where one was likely meant.', 'flavor'),
    },
  ),
)

export type ProblemReply = Told<typeof problem>

export const fault = named(
  'Fault',
  'Why a request was refused, or failed.',
  record({
    code: whole('The status of the answer.', 404),
    title: text('What the status is called.', 'Not Found'),
    explanation: text('What the status says in general.', 'The resource could not be found.'),
    error: record(
      {
        type: text('The kind of error.', 'EntityNotFound'),
        traceback: nothing,
      },
      {
        message: text(
          'What is wrong; absent where that is for the log of the service only.',
          'The Stack (web) could not be found.',
        ),
        problems: listOf('Every problem found, where a template was refused.', problem),
      },
    ),
  }),
)

export type FaultReply = Told<typeof fault>

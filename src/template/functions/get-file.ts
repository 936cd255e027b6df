import { Refusal, templateFunction } from '../function.ts'
import { noted } from '../spend.ts'

/** The content of a file that came along with the template. */
export const getFile = templateFunction('get_file', {
  // Heat's own acceptance tests ask for these words.
  summary: 'A function for including a file inline.',
  usage: 'get_file: NAME',
  arguments: [
    {
      name: 'NAME',
      kind: 'text',
      meaning: 'A path that starts at the template, or a URL (`file`, `http`, `https`).',
    },
  ],
  examples: [
    {
      call: 'get_file: scripts/motd',
      where: { files: { 'scripts/motd': 'Welcome.\n' } },
      gives: '"Welcome.\\n"',
    },
    {
      shows: 'Its content is a text like others',
      call: `str_replace:
  template: { get_file: scripts/motd }
  params: { WHO: { get_param: who } }`,
      where: { files: { 'scripts/motd': 'Welcome, WHO.' }, parameters: { who: 'Ada' } },
      gives: 'Welcome, Ada.',
    },
    {
      shows: 'The file must have come along',
      call: 'get_file: scripts/modt',
      where: { files: { 'scripts/motd': 'Welcome.' } },
      refuses: 'No content found in the "files" section for get_file path: scripts/modt',
    },
  ],
  notes: [
    'The client reads the file and sends it along, so the name must be written out: a call in its place is found by no client.',
    'The content is put in as it is. Nothing in it is a call of a function.',
  ],
  evaluate(name, run) {
    if (typeof name !== 'string') throw new Refusal('Argument to "get_file" must be a string')
    const content = run.scope.file(name)
    if (content !== undefined) return noted(content, run)
    throw new Refusal(`No content found in the "files" section for get_file path: ${name}`)
  },
})

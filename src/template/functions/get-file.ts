import { Refusal, templateFunction } from '../function.ts'

/** The content of a file that came along with the template. */
export const getFile = templateFunction('get_file', {
  summary: 'Gives the content of a file that came with the template.',
  example: 'get_file: scripts/install.sh',
  evaluate(name, run) {
    if (typeof name !== 'string') throw new Refusal('Argument to "get_file" must be a string')
    const content = run.scope.file(name)
    if (content !== undefined) return content
    throw new Refusal(`No content found in the "files" section for get_file path: ${name}`)
  },
})

import { Refusal, templateFunction } from '../../function.ts'

/** Gives its text as it is: user data is sent in plain text, whatever a template thinks. */
export const base64 = templateFunction('Fn::Base64', {
  summary: 'Gives a text unchanged; it is for templates that say so of their user data.',
  example: '"Fn::Base64": { Ref: UserData }',
  examples: [{ call: '"Fn::Base64": "#!/bin/sh"', gives: '"#!/bin/sh"' }],
  notes: ['Nothing is encoded here. Nova is sent what it needs.'],
  evaluate(text) {
    if (typeof text !== 'string') throw new Refusal('"Fn::Base64" argument must be a string')
    return text
  },
})

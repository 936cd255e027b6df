import { Refusal, templateFunction } from '../../function.ts'

/** Gives its text as it is: user data is sent in plain text, whatever a template thinks. */
export const base64 = templateFunction('Fn::Base64', {
  summary: 'Gives a text unchanged, for templates that ask for their user data to be encoded.',
  usage: '"Fn::Base64": TEXT',
  arguments: [{ name: 'TEXT', kind: 'text', meaning: 'What is given again.' }],
  examples: [
    { call: '"Fn::Base64": "#!/bin/sh"', gives: '"#!/bin/sh"' },
    {
      shows: 'It takes a text and nothing else',
      call: '"Fn::Base64": 12',
      refuses: '"Fn::Base64" argument must be a string',
    },
  ],
  notes: [
    'Nothing is encoded here: what Nova needs in base64, it is sent in base64 with or without this function.',
  ],
  evaluate(text) {
    if (typeof text !== 'string') throw new Refusal('"Fn::Base64" argument must be a string')
    return text
  },
})

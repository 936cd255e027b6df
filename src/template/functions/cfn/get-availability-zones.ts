import { templateFunction } from '../../function.ts'
import { noted } from '../../spend.ts'

/** The availability zones that servers may be put in. */
export const getAvailabilityZones = templateFunction('Fn::GetAZs', {
  summary: 'Gives the names of the availability zones of the cloud.',
  usage: '"Fn::GetAZs": REGION',
  arguments: [{ name: 'REGION', kind: 'text', meaning: 'Not looked at; it may be empty.' }],
  examples: [
    { call: '"Fn::GetAZs": ""', gives: '[nova]' },
    { shows: 'The first of them', call: '"Fn::Select": [0, { "Fn::GetAZs": "" }]', gives: 'nova' },
  ],
  notes: ['The region is not looked at: it is always the zones of the cloud that the stack is in.'],
  evaluate: (_region, run) => noted(run.scope.zones(), run),
})

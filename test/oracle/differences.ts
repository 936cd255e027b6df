import { isMap, type JsonMap } from '../../src/base/json.ts'
import { typeFacts } from '../conformance/facts.ts'
import type { Disagreement } from './disagreements.ts'

/** A kind of disagreement that is meant: what Hearth does instead, and why. */
export interface Difference {
  /** The sentence that `docs/compatibility.md` has about it. */
  readonly summary: string
  readonly because: string
  is(disagreement: Disagreement): boolean
}

/** Everything in which Hearth's verdict on templates differs from the original's on purpose. */
export const differences: readonly Difference[] = [
  {
    summary: 'The circle of a circular dependency is told as a way round',
    because:
      'Heat shows a set of Python, in another order each time, and answers 500 for what the author of the template can mend.',
    is: ({ kind, original }) => kind === 'validate: message' && /^Circular Dependency/.test(String(original)),
  },
  {
    summary: 'Nested templates are taken from the files of the request only',
    because:
      'Heat fetches what is not among them from the network, which lets strangers send its engine anywhere.',
    is: ({ kind, original }) =>
      kind === 'validate: message' &&
      /^Could not fetch remote template "https?:.*Failed to retrieve/s.test(String(original)),
  },
  {
    summary: 'What is missing in the arguments of a function is said as a sentence',
    because: 'Heat shows a KeyError as Python quotes it, line breaks as `\\n`.',
    is: ({ kind, original, hearth }) =>
      kind === 'validate: message' && plain(String(original)) === plain(String(hearth)),
  },
  {
    summary: 'What Heat stumbles over is refused with the reason',
    because:
      'Where a value is of a kind that Heat did not reckon with, it passes on the error of Python, often as its own failure (500).',
    is: ({
      kind,
      original,
      hearth,
      entry: {
        original: { validate },
      },
    }) =>
      typeof hearth === 'string' &&
      (/failure$/.test(kind)
        ? isOfPython(String(original))
        : /^validate: (class|message)$/.test(kind) &&
          'error' in validate &&
          isOfPython(`${validate.error.class}: ${validate.error.message}`)),
  },
  {
    summary: 'The value of a hidden parameter is never shown',
    because: 'Heat shows a default that breaks the rules of its parameter, hidden or not.',
    is: ({ kind, original, hearth }) =>
      kind === 'validate: message' && isMasked(String(original), String(hearth)),
  },
  {
    summary: 'Resource types are those of the newest Heat',
    because: 'Types and properties that came later than the original that was asked are there.',
    is: ({ kind, original, entry }) =>
      kind === 'validate: accepted' && isOfLater(String(original), entry.original.struct),
  },
  {
    summary: 'An attribute is there, even if the path into it has a parameter without a value',
    because: 'Heat calls an attribute incorrect that it only could not yet work the path of.',
    is: ({ kind, original, entry }) =>
      kind === 'validate: accepted' && hasOpenPath(String(original), entry.bundle.template),
  },
  {
    summary: 'An `if` without an else takes away what it stands in',
    because:
      'Heat fails with an error of Python, "EllipsisType takes no arguments", where that is a property.',
    is: ({ entry }) =>
      'error' in entry.original.validate && /EllipsisType/.test(entry.original.validate.error.message),
  },
  {
    summary: '`resource_facade` and `Fn::ResourceFacade` give nothing in a stack that is not nested',
    because: 'Heat fails with an error of Python: nothing "has no attribute".',
    is: ({ kind, original }) =>
      /failure$/.test(kind) && /'NoneType' object has no attribute 'metadata_get'/.test(String(original)),
  },
  {
    summary: 'An `external_id` that is an empty text is none',
    because: 'A parameter with an empty default can so decide whether something is taken over or made.',
    is: ({ kind, original, hearth }) => kind === 'eval: external_id' && original === '' && hearth === null,
  },
]

/** Whether words are those of an error of Python that nobody meant for people. */
const isOfPython = (words: string): boolean => {
  const isNamed = /^(AttributeError|IndexError|KeyError|TypeError|ValueError|error): /.test(words)
  return pythonWords.test(words) || (isNamed && /object|Expecting|at position|'\w*'$/.test(words))
}

const pythonWords = new RegExp(
  [
    ...[
      'object has no attribute',
      'object is not',
      'unhashable type',
      'is not iterable',
      'to unpack',
      'cannot unpack',
    ],
    ...[
      'argument must be a string',
      'not supported between',
      'could not convert string to float',
      'invalid literal',
    ],
    ...[
      'expected string or bytes-like',
      'expected str instance',
      'unsupported format character',
      'must be str or None',
      'generator raised StopIteration',
    ],
  ].join('|'),
)

/** A sentence without quotes around it, and with line breaks that are ones. */
const plain = (message: string): string =>
  message.replaceAll('\\n', '\n').replace(/['\\]/g, '').replace(/\s+/g, ' ')

/** Whether one sentence is another one with values masked, be it of another parameter. */
function isMasked(sentence: string, masked: string): boolean {
  if (!masked.includes('******')) return false
  const parts = masked.replace(/'[^']*'/, '').split('******')
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')
  return new RegExp(`^${pattern}$`, 's').test(sentence.replace(/'[^']*'/, ''))
}

/** Types and properties that the facts know and the original that gave the verdicts did not. */
const later = [
  'OS::Aodh::PrometheusAlarm',
  'OS::Octavia::AvailabilityZone',
  'OS::Octavia::AvailabilityZoneProfile',
  'OS::Designate::Zone attributes',
  'OS::Neutron::ProviderNet tenant_id',
  'OS::Neutron::Router tenant_id',
  'OS::Neutron::SecurityGroup stateful',
]

function isOfLater(message: string, { resource_types: types }: JsonMap): boolean {
  const [, type] = /^The Resource Type \((.*)\) could not be found/.exec(message) ?? []
  if (type !== undefined) return later.includes(type)
  const [, name, property] =
    /^Property error: [Rr]esources\.(.*)\.[Pp]roperties: Unknown Property (.*)$/.exec(message) ?? []
  const known = isMap(types) && name !== undefined ? String(types[name]) : ''
  return later.includes(`${known} ${property}`) || isRetired(known)
}

/** Whether a type does nothing any more, so that it takes any property. */
const isRetired = (type: string): boolean => {
  const fact = typeFacts[type]
  return fact?.status === 'HIDDEN' && Object.keys(fact.properties).length === 0
}

/** Whether an attribute is read somewhere by a path that calls a function. */
function hasOpenPath(message: string, template: object): boolean {
  const [, resource, attribute] = /The Referenced Attribute \((\S+) (\S+)\) is incorrect/.exec(message) ?? []
  if (resource === undefined) return false
  return JSON.stringify(template).includes(`["${resource}","${attribute}",{`)
}

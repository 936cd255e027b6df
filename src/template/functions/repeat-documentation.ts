import type { Argument, Documentation, Example } from '../documentation.ts'

const template: Argument = {
  name: 'template',
  kind: 'any value',
  meaning: 'What is filled in: every text in it, keys of maps included, that has one of the words.',
}

const forEach = 'For each word to be filled in, the texts that are put in its place, one after another'

const ofListsThatGive: readonly Example[] = [
  {
    call: `repeat:
  template: { protocol: tcp, port_range_min: "%port%", port_range_max: "%port%" }
  for_each: { "%port%": { get_param: ports } }`,
    where: { parameters: { ports: ['80', '443'] } },
    gives: `- { protocol: tcp, port_range_min: "80", port_range_max: "80" }
- { protocol: tcp, port_range_min: "443", port_range_max: "443" }`,
  },
  {
    shows: 'Every combination, the last word changing fastest',
    call: `repeat:
  template: "%zone%-%role%"
  for_each:
    "%zone%": [north, south]
    "%role%": [web, db]`,
    gives: '[north-web, north-db, south-web, south-db]',
  },
  {
    shows: 'A list that is empty or null makes nothing',
    call: 'repeat: { template: "%name%", for_each: { "%name%": null } }',
    gives: '[]',
  },
]

const refused: Example = {
  shows: 'Only texts are put in',
  call: 'repeat: { template: "%port%", for_each: { "%port%": [80] } }',
  refuses: '"repeat" can only put strings in place of %port%',
}

/** What authors should know of the `repeat` of lists. */
export const ofLists: Documentation = {
  summary: 'Makes a list by filling in a template once for each item.',
  usage: `repeat:
  template: TEMPLATE
  for_each: { WORD: LIST }`,
  arguments: [template, { name: 'for_each', kind: 'map of lists', meaning: `${forEach}.` }],
  examples: [...ofListsThatGive, refused],
  notes: [
    'A word is found wherever it stands, also inside another word. Signs around it, as in `%port%` or `<%port%>`, keep it apart.',
    'What is put in is searched for the words that follow in `for_each`, not for those before.',
    'Calls in the template are worked out once, before it is filled in: `get_param: "%name%"` asks for a parameter that is called `%name%`.',
  ],
}

const goesThroughMap: Example = {
  shows: 'Of a map, its keys',
  call: 'repeat: { template: "%role%-0", for_each: { "%role%": { get_param: roles } } }',
  where: { parameters: { roles: { web: 'm1.small', db: 'm1.large' } } },
  gives: '[web-0, db-0]',
}

/** What authors should know of the `repeat` of lists and maps. */
export const ofMaps: Documentation = {
  ...ofLists,
  usage: `repeat:
  template: TEMPLATE
  for_each: { WORD: LIST_OR_MAP }`,
  arguments: [
    template,
    { name: 'for_each', kind: 'map of lists or maps', meaning: `${forEach}; of a map, its keys.` },
  ],
  examples: [...ofListsThatGive, goesThroughMap, refused],
  changes: 'goes through the keys of maps too.',
}

/** What authors should know of the `repeat` that can go through lists side by side. */
export const sideBySideToo: Documentation = {
  ...ofMaps,
  usage: `${ofMaps.usage}
  permutations: TRUTH`,
  arguments: [
    ...(ofMaps.arguments ?? []),
    {
      name: 'permutations',
      kind: 'truth value',
      meaning:
        '`true`, as when it is left out: every combination. `false`: the lists side by side, the first items together, then the second ones.',
      optional: true,
    },
  ],
  examples: [
    ...ofListsThatGive,
    goesThroughMap,
    {
      shows: 'The lists side by side',
      call: `repeat:
  template: "%name%: %address%"
  for_each:
    "%name%": [web, db]
    "%address%": [192.0.2.7, 192.0.2.8]
  permutations: false`,
      gives: '["web: 192.0.2.7", "db: 192.0.2.8"]',
    },
    {
      shows: 'Side by side they must be of one length',
      call: 'repeat: { template: "AB", for_each: { A: [a], B: [b, c] }, permutations: false }',
      refuses: 'For repeat, the length of for_each values should be equal if no nested loop.',
    },
    refused,
  ],
  notes: [
    ...(ofMaps.notes ?? []),
    'With `permutations: false`, only lists can be gone through: a map is an error.',
  ],
  changes: 'with `permutations: false` it goes through the lists side by side.',
}

/** Requests that are meant to keep a service busy or to use up its memory. */
export interface Hostile {
  readonly template: string
  readonly more?: object
  /** What the refusal says, or the reason of the failure. */
  readonly says: RegExp
}

const head = 'heat_template_version: 2021-04-16\n'
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('')
const many = `[${times(100, (i) => `x${i}, `)}]`

/** Lists of ten times the list before, so that some lines stand for more than a machine holds. */
const aliases = (indent: string): string =>
  `${indent}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n` +
  times(11, (i) => `${indent}a${i + 1}: &a${i + 1} [${times(10, () => `*a${i}, `)}]\n`)

/** A template with one value, written in the flow style. */
const valued = (value: string): string =>
  `${head}resources: {v: {type: 'OS::Heat::Value', properties: {value: ${value}}}}\n`

/** What is refused right away. */
export const refusedAtOnce: Readonly<Record<string, Hostile>> = {
  'aliases of aliases': { template: head + aliases(''), says: /its aliases stand for more than \d+ values/ },
  'aliases of aliases in an environment': {
    template: head,
    more: { environment: `parameters:\n${aliases('  ')}` },
    says: /Error parsing environment its aliases stand for more than \d+ values/,
  },
  'an alias that holds itself': { template: valued('&a [*a]'), says: /nested more than 100 levels deep/ },
  'brackets in brackets': { template: valued('['.repeat(100_000)), says: /nesting exceeded/ },
  'maps in maps, as JSON': {
    template: `{"heat_template_version":"2021-04-16","x":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    says: /nested more than 100 levels deep/,
  },
  'brackets in brackets in the text of a json parameter': {
    template: `${head}parameters: {j: {type: json}}\n`,
    more: { parameters: { j: '['.repeat(100_000) + ']'.repeat(100_000) } },
    says: /Parameter 'j' is invalid: .* nested more than 100 levels deep/,
  },
  'a pattern that matches in very many ways': {
    template: `${head}parameters: {p: {type: string, constraints: [{allowed_pattern: '(a+)+$'}]}}\n`,
    more: { parameters: { p: `${'a'.repeat(60)}!` } },
    says: /does not match pattern "\(a\+\)\+\$"/,
  },
  'hundreds of patterns that match in very many ways': {
    template:
      `${head}parameters:\n` +
      `  p: {type: string, default: &d ${'a'.repeat(3000)}, constraints: &c [{allowed_pattern: '(.*)(.*)(.*)\\1\\2x'}]}\n` +
      times(400, (i) => `  p${i}: {type: string, default: *d, constraints: *c}\n`),
    says: /takes too long to be matched with pattern/,
  },
  'every combination of six lists': {
    template: valued(
      `{repeat: {template: abcdef, for_each: {a: ${many}, b: ${many}, c: ${many}, d: ${many}, e: ${many}, f: ${many}}}}`,
    ),
    says: /The template makes more than 100000 items/,
  },
  'a repetition in a repetition': {
    template: valued(`${`{repeat: {for_each: {a: ${many}}, template: `.repeat(8)}a${'}}'.repeat(8)}`),
    says: /The template takes more than 2000000 steps/,
  },
  'thousands of parameters with nearly the right name': {
    template: `${head}parameters:\n${times(5000, (i) => `  parameter_number_${i}: {type: string, default: x}\n`)}`,
    more: {
      parameters: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`parametre_number_${i}`, 'x'])),
    },
    says: /The Parameter \(parametre_number_0\) was not defined in template/,
  },
  'thousands of values to be compared with thousands': {
    template:
      `${head}parameters: {p: {type: comma_delimited_list, default: '${'b,'.repeat(50_000)}', ` +
      `constraints: [{allowed_values: [${times(30_000, (i) => `v${i}, `)}]}]}}\n`,
    says: /is not an allowed value/,
  },
  'a template inside itself': {
    template: `${head}resources: {again: {type: again.yaml}}\n`,
    more: { files: { 'again.yaml': `${head}resources: {again: {type: again.yaml}}\n` } },
    says: /Recursion depth exceeds 5/,
  },
  'more resources than a stack may have': {
    template: `${head}resources:\n${times(1500, (i) => `  r${i}: {type: OS::Heat::None}\n`)}`,
    says: /Maximum resources per stack exceeded/,
  },
}

/** What can only be seen when it is deployed. */
export const failsLater: Readonly<Record<string, Hostile>> = {
  'values of twice the value before': {
    template:
      `${head}resources:\n  v0: {type: OS::Heat::Value, properties: {value: [x, x]}}\n` +
      times(
        40,
        (i) =>
          `  v${i + 1}: {type: OS::Heat::Value, properties: {value: [{get_attr: [v${i}, value]}, {get_attr: [v${i}, value]}]}}\n`,
      ),
    says: /It reads more than 16000000 bytes of parameters, attributes and files/,
  },
  'a group of a hundred million': {
    template: `${head}resources:\n  g:\n    type: OS::Heat::ResourceGroup\n    properties: {count: 100000000, resource_def: {type: OS::Heat::None}}\n`,
    says: /RequestLimitExceeded: resources\.g: .*Maximum resources per stack exceeded/,
  },
}

import { isMap, own } from '../../../base/json.ts'
import type { Shape } from '../../../schema/index.ts'
import { select } from '../../select.ts'
import { resourcePath } from '../../uses.ts'
import { type Found, lintRule } from '../rule.ts'

const looksSecret = /(^|[_-]|(?<=[a-z]))(password|passwd|passphrase|secret|private_?key|api_?key|token)s?$/i

/** Secrets that are written down in the template. */
export const hardCodedSecret = lintRule('HardCodedSecret', {
  severity: 'warning',
  summary: 'A password or another secret that is written down in the template.',
  advice:
    'Templates are stored, shared and shown. Take it from a parameter with `hidden: true`, or have one made by OS::Heat::RandomString.',
  example: {
    template:
      'resources:\n  server:\n    type: OS::Nova::Server\n    properties: {flavor: small, image: linux, networks: [{network: web}], admin_pass: letmein}\n',
  },
  fine: {
    template:
      'parameters:\n  password: {type: string, hidden: true}\nresources:\n  server:\n    type: OS::Nova::Server\n    properties: {flavor: small, image: linux, networks: [{network: web}], admin_pass: {get_param: password}}\n',
  },
  find({ template, factsOf }) {
    return [...template.resources.values()].flatMap((resource) => {
      const shape = factsOf(resource)?.properties ?? {}
      const place = [...resourcePath(template, resource.name), template.version.words.resource.properties]
      return literalsIn(select(template.source, place), shape).map((path) => ({
        message: `The value of ${path.join('.')} is a secret, and is written down here`,
        path: [...place, ...path],
        offends: 'value' as const,
      }))
    })
  },
})

/** The paths to texts that are secrets by their declaration or by their name. */
function literalsIn(value: unknown, shape: Shape): readonly (readonly (string | number)[])[] {
  if (!isMap(value)) return []
  return Object.keys(value).flatMap((key) => {
    const part = value[key]
    const field = own(shape, key)
    const isSecret = field?.options.secret === true || looksSecret.test(key) || key === 'admin_pass'
    if (isSecret && typeof part === 'string' && part !== '') return [[key]]
    return literalsIn(part, field?.fields ?? {}).map((path) => [key, ...path])
  })
}

/** Parameters that seem to hold a secret and are shown. */
export const secretNotHidden = lintRule('SecretNotHidden', {
  severity: 'warning',
  summary: 'A parameter that by its name holds a secret, and that is not hidden.',
  advice: 'Its value is shown to everybody who may look at the stack. Say `hidden: true`.',
  example: {
    template:
      'parameters:\n  db_password: {type: string}\noutputs:\n  length: {value: {digest: [md5, {get_param: db_password}]}}\n',
  },
  fine: { template: 'parameters:\n  db_password: {type: string, hidden: true}\n' },
  find: ({ template: { parameters, version } }) =>
    [...parameters.values()]
      .filter(
        ({ name, hidden, type }) =>
          !hidden && type !== 'boolean' && type !== 'number' && looksSecret.test(name),
      )
      .map(({ name }) => ({
        message: `The parameter ${name} seems to hold a secret, and is not hidden`,
        path: [version.words.parameters, name],
        hint: `Add "${version.words.parameter.hidden}: true"`,
      })),
})

/** Hidden parameters with a value that everybody knows. */
export const secretDefault = lintRule('SecretDefault', {
  severity: 'warning',
  summary: 'A hidden parameter with a default.',
  advice: 'A secret that is the same for all who do not think of it is none. Take the default out.',
  example: { template: 'parameters:\n  db_password: {type: string, hidden: true, default: letmein}\n' },
  fine: { template: 'parameters:\n  db_password: {type: string, hidden: true}\n' },
  find: ({ template: { parameters, version } }) =>
    [...parameters.values()]
      .filter(({ hidden, default: usual }) => hidden && usual !== undefined && usual !== '')
      .map(({ name }) => ({
        message: `The hidden parameter ${name} has a default that everybody can read`,
        path: [version.words.parameters, name, version.words.parameter.default],
        offends: 'value' as const,
      })),
})

/** Outputs that show what a hidden parameter holds. */
export const secretInOutput = lintRule('SecretInOutput', {
  severity: 'warning',
  summary: 'An output that shows the value of a hidden parameter.',
  advice: 'Outputs are shown to everybody who may look at the stack. Leave it out.',
  example: {
    template:
      'parameters:\n  password: {type: string, hidden: true}\noutputs:\n  login: {value: {list_join: [":", [admin, {get_param: password}]]}}\n',
  },
  fine: {
    template: 'parameters:\n  user: {type: string}\noutputs:\n  login: {value: {get_param: user}}\n',
  },
  find: ({ template, uses }): readonly Found[] =>
    uses.parameters
      .filter(
        ({ section, name, call }) =>
          section === template.version.words.outputs &&
          call.path[2] === template.version.words.output.value &&
          template.parameters.get(name)?.hidden === true,
      )
      .map(({ owner, name, call }) => ({
        message: `The output ${owner} shows the hidden parameter ${name}`,
        path: call.path,
        offends: 'value' as const,
      })),
})

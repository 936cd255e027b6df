import { own } from '../../../base/json.ts'
import { nearest } from '../../../schema/index.ts'
import { namesTemplate } from '../../environment/registry.ts'
import { dataOf, itemsOf } from '../../expression.ts'
import { suggestion } from '../../problem.ts'
import { select } from '../../select.ts'
import { firstName, resourcePath } from '../../uses.ts'
import { type Found, lintRule, type Subject } from '../rule.ts'

/** Dependencies that are said although they are there already. */
export const redundantDependency = lintRule('RedundantDependency', {
  severity: 'info',
  summary: 'A `depends_on` of a resource that is waited for anyway, because a property refers to it.',
  advice: 'Take it out: what a template says twice has to be changed twice.',
  example: {
    template:
      'resources:\n  net: {type: OS::Neutron::Net}\n  subnet:\n    type: OS::Neutron::Subnet\n    depends_on: net\n    properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}\n',
  },
  fine: {
    template:
      'resources:\n  net: {type: OS::Neutron::Net}\n  subnet:\n    type: OS::Neutron::Subnet\n    properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}\n',
  },
  find(subject) {
    const { template } = subject
    const key = template.version.words.resource.dependsOn
    return [...template.resources.values()].flatMap(({ name, dependsOn }) => {
      if (dependsOn.length === 0) return []
      const reached = reachedFrom(name, subject)
      const isList = Array.isArray(select(template.source, [...resourcePath(template, name), key]))
      return dependsOn.flatMap((other, i) =>
        reached.has(other)
          ? [
              {
                message: `${name} waits for ${other} anyway, for a property refers to it`,
                path: [...resourcePath(template, name), key, ...(isList ? [i] : [])],
                offends: 'value' as const,
              },
            ]
          : [],
      )
    })
  },
})

/** The resources that one refers to, and those that these refer to in turn. */
function reachedFrom(name: string, { template, uses }: Subject): ReadonlySet<string> {
  const section = template.version.words.resources
  const reached = new Set(uses.references.get(`${section}.${name}`) ?? [])
  for (const one of reached)
    for (const next of uses.references.get(`${section}.${one}`) ?? []) reached.add(next)
  return reached
}

/** Parameters whose change makes a resource anew. */
export const replacedOnChange = lintRule('ReplacedOnChange', {
  severity: 'info',
  summary: 'A parameter that feeds a property which can not be changed in place.',
  advice:
    'Whoever updates the stack with another value gets a new resource, and loses the old one. If that must not happen, say `immutable: true` at the parameter.',
  example: {
    template:
      'parameters:\n  cidr: {type: string}\nresources:\n  subnet:\n    type: OS::Neutron::Subnet\n    properties: {network: web, cidr: {get_param: cidr}}\n',
  },
  fine: {
    template:
      'parameters:\n  cidr: {type: string, immutable: true}\nresources:\n  subnet:\n    type: OS::Neutron::Subnet\n    properties: {network: web, cidr: {get_param: cidr}}\n',
  },
  find({ template, uses, factsOf }) {
    const { words } = template.version
    return uses.parameters.flatMap(({ section, owner, name, call }): readonly Found[] => {
      const [, , part, property] = call.path
      const resource = section === words.resources ? template.resources.get(owner) : undefined
      const parameter = template.parameters.get(name)
      if (resource === undefined || part !== words.resource.properties || parameter?.immutable !== false)
        return []
      const properties = factsOf(resource)?.properties ?? {}
      const options = own(properties, String(property))?.options
      if (options === undefined || options.updatable || options.immutable || options.spells) return []
      return [
        {
          message: `A change of the parameter ${name} makes ${owner} anew: ${property} can not be changed in place`,
          path: call.path,
          offends: 'value',
        },
      ]
    })
  },
})

const nested = 'heat_template_version: 2021-04-16\noutputs:\n  address: {value: 10.0.0.1}\n'

/** Attributes of nested templates that these do not give. */
export const missingOutput = lintRule('MissingOutput', {
  severity: 'warning',
  summary: 'An output that reads what the template of a nested stack does not give.',
  advice: 'The output will say only that it failed. Add the output to the nested template, or mend the name.',
  example: {
    template:
      'resources:\n  web: {type: web.yaml}\noutputs:\n  address: {value: {get_attr: [web, adress]}}\n',
    files: { 'web.yaml': nested },
  },
  fine: {
    template:
      'resources:\n  web: {type: web.yaml}\noutputs:\n  address: {value: {get_attr: [web, address]}}\n',
    files: { 'web.yaml': nested },
  },
  find({ template, uses, factsOf }) {
    return uses.calls.flatMap(({ call, section }) => {
      const name = firstName(call.args) ?? ''
      const resource = template.resources.get(name)
      const isOutput = section === template.version.words.outputs && call.does.names === 'attribute'
      const attribute = dataOf(itemsOf(call.args)?.[1])
      if (!isOutput || resource === undefined || typeof attribute !== 'string') return []
      const facts = namesTemplate(resource.type) ? factsOf(resource) : undefined
      if (facts === undefined || facts.anyAttributes || /^(show$|resource\.)/.test(attribute)) return []
      if (Object.hasOwn(facts.attributes, attribute)) return []
      return [
        {
          message: `${resource.type} has no output ${attribute}`,
          path: [...call.path, 1],
          offends: 'value' as const,
          ...suggestion(nearest(attribute, Object.keys(facts.attributes))),
        },
      ]
    })
  },
})

// A large template and a large environment to measure with: a megabyte of 5,000 resources that no cloud is needed for,
// every one with functions, and ten megabytes of parameters.

const sections = `heat_template_version: 2021-04-16
description: Five thousand resources with functions
parameters:
  prefix: {type: string, default: web, constraints: [{length: {min: 1, max: 20}}, {allowed_pattern: '[a-z]+'}]}
  zones: {type: comma_delimited_list, default: [north, south, east]}
  settings: {type: json, default: {size: {small: 1, large: 4}}}
  production: {type: boolean, default: true}
conditions:
  is_production: {get_param: production}
  is_small: {not: is_production}
resources:
`

/** Five resources that stand on each other, and on those of the five before. */
function five(i: number): string {
  const before = i === 0 ? 'first' : `joined_${i - 1}`
  return `  secret_${i}:
    type: OS::Heat::RandomString
    properties: {length: 32, character_classes: [{class: lettersdigits, min: 4}], salt: {get_param: prefix}}
  named_${i}:
    type: OS::Heat::Value
    properties:
      value:
        str_replace:
          template: "PREFIX-${i}: the password is SECRET in zone ZONE of {get_param}"
          params: {PREFIX: {get_param: prefix}, SECRET: {get_attr: [secret_${i}, value]}, ZONE: {get_param: [zones, ${i % 3}]}}
  joined_${i}:
    type: OS::Heat::Value
    properties:
      value: {list_join: [',', [{get_attr: [named_${i}, value]}, {get_resource: secret_${i}}], {get_param: zones}]}
  chosen_${i}:
    type: OS::Heat::Value
    depends_on: ${before}
    properties:
      type: json
      value: {if: [is_production, {size: {get_param: [settings, size, large]}, of: {get_attr: [joined_${i}, value]}}, {size: 1}]}
  tested_${i}:
    type: OS::Heat::TestResource
    condition: is_production
    properties:
      value: {digest: [sha256, {list_join: ['', {repeat: {template: '%z%-${i}', for_each: {'%z%': {get_param: zones}}}}]}]}
      wait_secs: {get_param: [settings, size, small]}
`
}

/** A template of so many resources, in YAML. */
export function largeTemplate(resources: number): string {
  const parts = Array.from({ length: Math.floor((resources - 1) / 5) }, (_, i) => five(i))
  const outputs = Array.from(
    { length: 50 },
    (_, i) => `  out_${i}: {value: {get_attr: [joined_${i}, value]}, description: What joined_${i} gives}\n`,
  )
  return `${sections}  first: {type: OS::Heat::RandomString}\n${parts.join('')}outputs:\n${outputs.join('')}`
}

/** An environment of about so many characters, in YAML: texts, lists and maps as parameters. */
export function largeEnvironment(characters: number): string {
  const parts = ['parameter_defaults:\n']
  let length = 0
  for (let i = 0; length < characters; i++) {
    const part = `  service_${i}_config:
    enabled: ${i % 2 === 0}
    hosts: [host-${i}-0.example.org, host-${i}-1.example.org, host-${i}-2.example.org]
    limits: {cpu: ${i % 64}, memory: "${i}Mi", description: "What the service ${i} may take at most"}
  service_${i}_script: |
    #!/bin/sh
    echo "Starting service ${i} on $(hostname)"
    exec /usr/bin/service-${i} --config /etc/service-${i}.conf
`
    parts.push(part)
    length += part.length
  }
  return `${parts.join('')}resource_registry:\n  "OS::Quantum*": "OS::Neutron*"\n`
}

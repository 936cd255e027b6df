import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from './openstack.ts'

const here = `language-${process.pid}`

/** An application as CloudFormation writes it: with parameters, mappings and conditions, and its resources in Neutron. */
const cloudFormation = `AWSTemplateFormatVersion: '2010-09-09'
Description: A network for a site
Parameters:
  Site: {Type: String, Default: north, AllowedValues: [north, south]}
  Labels: {Type: CommaDelimitedList, Default: 'blue,green'}
Mappings:
  Ranges: {north: {cidr: 10.61.0.0/24}, south: {cidr: 10.62.0.0/24}}
Conditions:
  InTheSouth: {'Fn::Equals': [{Ref: Site}, south]}
Resources:
  Network:
    Type: OS::Neutron::Net
    Properties: {name: {'Fn::Join': ['-', [{Ref: 'AWS::StackName'}, {Ref: Site}]]}}
  Subnet:
    Type: OS::Neutron::Subnet
    Properties: {network: {Ref: Network}, cidr: {'Fn::FindInMap': [Ranges, {Ref: Site}, cidr]}}
  OnlySouth: {Type: 'OS::Neutron::SecurityGroup', Condition: InTheSouth}
Outputs:
  Name: {Value: {'Fn::GetAtt': [Network, name]}}
  Second: {Value: {'Fn::Select': ['1', {Ref: Labels}]}}
  Zone: {Value: {'Fn::Select': ['0', {'Fn::GetAZs': ''}]}}
  Range: {Value: {'Fn::If': [InTheSouth, {'Fn::GetAtt': [Subnet, cidr]}, none]}}
`

/** What only newer versions have: expressions of YAQL, repetition, and an if that leaves its item out. */
const newest = `heat_template_version: 2021-04-16
parameters:
  ports: {type: json, default: [{name: web, port: 80}, {name: tls, port: 443}, {name: ssh, port: 22}]}
  open: {type: boolean, default: false}
  network: {type: string, constraints: [{custom_constraint: neutron.network}]}
conditions:
  all: {get_param: open}
  many: {yaql: {expression: '$.data.len() > 2', data: {get_param: ports}}}
resources:
  group:
    type: OS::Neutron::SecurityGroup
    condition: many
    properties:
      rules:
        list_concat:
          - yaql:
              expression: '$.data.where($.port > 79).orderBy($.port).select({protocol => tcp, port_range_min => $.port, port_range_max => $.port})'
              data: {get_param: ports}
          - - if: [all, {protocol: icmp}]
  port: {type: OS::Neutron::Port, properties: {network: {get_param: network}, security_groups: [{get_resource: group}]}}
outputs:
  rules:
    value:
      yaql:
        expression: '$.data.where($.direction = ingress).select($.port_range_min).orderBy($)'
        data: {get_attr: [group, show, security_group_rules]}
  url: {value: {make_url: {scheme: https, host: {get_attr: [port, fixed_ips, 0, ip_address]}, query: {q: a b}}}}
  wait: {value: {repeat: {template: 'WORD!', for_each: {WORD: {yaql: {expression: '$.data.name', data: {get_param: ports}}}}}}}
`

describe('the template language on a real OpenStack, through the openstack program', {
  timeout: 600_000,
}, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--register'], administrator())
  const directory = mkdtempSync(join(tmpdir(), 'hearth-language-'))
  let tenant: Tenant
  let openstack: OpenStack

  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text)
    return join(directory, name)
  }
  const output = async (stack: string, name: string): Promise<unknown> =>
    (await openstack.json('stack', 'output', 'show', stack, name)).output_value

  before(async () => {
    await hearth.start(8004)
    tenant = await newTenant(here)
    openstack = new OpenStack(tenant.variables)
    await openstack.text('network', 'create', here)
    await openstack.text('subnet', 'create', '--network', here, '--subnet-range', '10.63.0.0/24', here)
  })
  after(async () => {
    for (const stack of ['old', 'new'])
      await openstack.text('stack', 'delete', '--wait', '-y', stack).catch(() => {})
    await openstack.text('network', 'delete', here)
    await tenant.remove()
    await hearth.stop()
    rmSync(directory, { recursive: true })
  })

  test('a template of CloudFormation becomes a stack, and another one when a condition changes', async () => {
    const template = file('old.yaml', cloudFormation)
    await openstack.text('stack', 'create', '--wait', '-t', template, 'old')
    const outputs = ['Name', 'Second', 'Zone', 'Range']
    const values = () => Promise.all(outputs.map((name) => output('old', name)))
    assert.deepEqual(await values(), ['old-north', 'green', 'nova', 'none'])
    assert.equal(
      await openstack.value('cidr', 'subnet', 'show', await physical('old', 'Subnet')),
      '10.61.0.0/24',
    )
    await openstack.text('stack', 'update', '--wait', '-t', template, '--parameter', 'Site=south', 'old')
    assert.deepEqual(await values(), ['old-south', 'green', 'nova', '10.62.0.0/24'])
    await physical('old', 'OnlySouth')
    await openstack.text('stack', 'delete', '--wait', '-y', 'old')
  })

  test('expressions, repetitions and items that are left out make what they say', async () => {
    const template = file('new.yaml', newest)
    await openstack.text('stack', 'create', '--wait', '-t', template, '--parameter', `network=${here}`, 'new')
    assert.deepEqual(await output('new', 'rules'), [80, 443])
    assert.match(String(await output('new', 'url')), /^https:\/\/10\.63\.0\.\d+\/?\?q=a\+b$/)
    assert.deepEqual(await output('new', 'wait'), ['web!', 'tls!', 'ssh!'])
    await openstack.text('stack', 'delete', '--wait', '-y', 'new')
  })

  test('a parameter is checked against the cloud, and what is wrong is told in words that help', async () => {
    const template = file('new.yaml', newest)
    const refused = openstack.text('stack', 'create', '-t', template, '--parameter', 'network=nowhere', 'new')
    await assert.rejects(refused, /Parameter 'network' is invalid: Error validating value 'nowhere'/)
    const wrong = file('wrong.yaml', newest.replace('get_resource: group', 'get_resource: gruop'))
    await assert.rejects(
      openstack.text('orchestration', 'template', 'validate', '-t', wrong),
      /The specified reference "gruop" .* is incorrect/,
    )
  })

  test('every version is listed with its functions', async () => {
    const versions = await openstack.json<readonly { Version: string }[]>(
      'orchestration',
      'template',
      'version',
      'list',
    )
    assert.equal(versions.length, 13)
    const functions = async (version: string) =>
      (
        await openstack.json<readonly { Functions: string }[]>(
          'orchestration',
          'template',
          'function',
          'list',
          version,
        )
      ).map(({ Functions }) => Functions)
    assert.ok((await functions('AWSTemplateFormatVersion.2010-09-09')).includes('Fn::If'))
    assert.ok((await functions('heat_template_version.wallaby')).includes('yaql'))
  })

  const physical = (stack: string, resource: string): Promise<string> =>
    openstack.value('physical_resource_id', 'stack', 'resource', 'show', stack, resource)
})

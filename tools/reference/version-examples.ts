import type { JsonMap } from '../../src/base/json.ts'
import type { Circumstances } from '../../src/template/index.ts'

/** What an example template of a version comes to. */
export interface VersionExample {
  /** The resources' attributes and references that its outputs ask for. */
  readonly where?: Circumstances
  /** Its outputs, with all parameters left at their defaults. */
  readonly outputs: JsonMap
}

const server = { server: { first_address: '192.0.2.7' } }

/** What the templates in `examples/template-versions` come to, by the names of their files. */
export const versionExamples: Readonly<Record<string, VersionExample>> = {
  '2013-05-23': { where: { attributes: server }, outputs: { url: 'http://192.0.2.7/' } },
  '2014-10-16': {
    where: { attributes: { passwords: { 'resource.1.value': 'n4oTiTN0TDYkQa8v' } } },
    outputs: { second: 'n4oTiTN0TDYkQa8v' },
  },
  '2015-04-30': {
    outputs: { ports: ['tcp/80', 'tcp/443'], version_of_rules: '748feb000b92e3bf51dd5dcac33da48451741bc1' },
  },
  '2015-10-15': {
    where: { attributes: { settings: { value: 'release = 24.04' } } },
    outputs: {
      hosts: 'localhost a.example.org b.example.org',
      everything: { value: 'release = 24.04' },
    },
  },
  '2016-04-08': { outputs: { metadata: { tier: 'gold', made_by: 'a template' } } },
  '2016-10-14': {
    where: { attributes: server },
    outputs: {
      address: '192.0.2.7',
      volume: null,
      packages: { web: 'nginx', db: 'postgresql-16' },
      names: ['web-0', 'db-0'],
    },
  },
  '2017-02-24': { outputs: { hosts: ['web', 'db'] } },
  '2017-09-01': {
    where: { attributes: { database_password: { value: 'n4oTiTN0TDYkQa8v' } } },
    outputs: {
      hosts: ['192.0.2.7 web', '192.0.2.8 db'],
      groups: ['default', 'web'],
      url: 'https://192.0.2.7:8443/login?next=/home+page',
      database: 'postgres://web:n4oTiTN0TDYkQa8v@192.0.2.8/',
    },
  },
  '2018-03-02': {
    where: { attributes: { password: { value: 'n4oTiTN0TDYkQa8v4aVm1x0Q' } } },
    outputs: { password: 'n4oTiTN0TDYkQa8v4aVm1x0Q' },
  },
  '2018-08-31': {
    where: { attributes: { password: { value: 'n4oTiTN0TDYkQa8v4aVm1x0Qe7Rr2LsZ' } } },
    outputs: { password: 'n4oTiTN0TDYkQa8v4aVm1x0Qe7Rr2LsZ' },
  },
  '2021-04-16': {
    where: { attributes: { server: { networks: { private: ['192.0.2.7'] } } } },
    outputs: { address: '192.0.2.7', networks: ['private'] },
  },
  'AWSTemplateFormatVersion-2010-09-09': {
    where: { attributes: { Server: { first_address: '192.0.2.7' } } },
    outputs: { Address: '192.0.2.7', Flavor: 'm1.tiny', Volumes: 'none', Zones: 'north and south' },
  },
  'HeatTemplateFormatVersion-2012-12-12': {
    where: { attributes: { Password: { value: 'n4oTiTN0TDYkQa8v' } } },
    outputs: { Password: 'n4oTiTN0TDYkQa8v', Line: 'PASSWORD=n4oTiTN0TDYkQa8v' },
  },
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { negotiate } from '../../src/api/negotiate.ts'

const cases: readonly (readonly [says: string, url: string, accept: string | undefined, path: string])[] = [
  ['the root lists the versions', '/', undefined, '/'],
  ['a query on the root changes nothing', '/?a=b', undefined, '/'],
  ['so does /versions', '/versions', undefined, '/'],
  ['version 1 is answered', '/v1/p/stacks?x=1', undefined, '/v1/p/stacks?x=1'],
  ['under its long name too', '/v1.0/p/stacks?x=1', undefined, '/v1/p/stacks?x=1'],
  ['another version leads to the list', '/v2/p/stacks', undefined, '/'],
  ['so does another minor version', '/v1.7/p/stacks', undefined, '/'],
  [
    'a media type names the version',
    '/p/stacks',
    'application/vnd.openstack.orchestration-v1',
    '/v1/p/stacks',
  ],
  ['in full as well', '/p/stacks', 'application/vnd.openstack.orchestration-v1.0', '/v1/p/stacks'],
  ['another version in it leads to the list', '/p/stacks', 'application/vnd.openstack.orchestration-v3', '/'],
  ['other media types name none', '/p/stacks', 'application/json', '/p/stacks'],
  ['nor does no media type', '/p/stacks', undefined, '/p/stacks'],
  ['the health check has no version', '/healthcheck', undefined, '/healthcheck'],
  [
    'nor has the document of the API',
    '/openapi.json',
    'application/vnd.openstack.orchestration-v1',
    '/openapi.json',
  ],
  [
    'an ARN with slashes becomes one segment',
    '/v1/p/stacks/arn:openstack:heat::p:stacks/web/1?a=b',
    undefined,
    '/v1/p/stacks/arn%3Aopenstack%3Aheat%3A%3Ap%3Astacks%2Fweb%2F1?a=b',
  ],
  [
    'so does one half encoded',
    '/v1/p/stacks/arn%3Aopenstack%3Aheat%3A%3Ap%3Astacks/web/1',
    undefined,
    '/v1/p/stacks/arn%3Aopenstack%3Aheat%3A%3Ap%3Astacks%2Fweb%2F1',
  ],
  ['an ARN that cannot be decoded stays', '/v1/p/stacks/arn:%ff', undefined, '/v1/p/stacks/arn%3A%25ff'],
]

for (const [says, url, accept, path] of cases) test(says, () => assert.equal(negotiate(url, accept), path))

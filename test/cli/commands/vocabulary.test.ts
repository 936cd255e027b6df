import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HearthClient } from '../../../src/client/index.ts'
import { StackNotFound } from '../../../src/contract/problems.ts'
import type { SoftwareDeploymentReply } from '../../../src/contract/rest/index.ts'
import { eventRow, resourceReply, run, stackReply } from '../fakes.ts'

test('what OpenStackClient calls orchestration is there under that name too', async () => {
  const client: Partial<HearthClient> = {
    listServices: async () => ({ services: [] }),
    listTemplateFunctions: async (version, options) => ({
      template_functions: [{ functions: version, description: JSON.stringify(options) }],
    }),
  }
  const services = await run(['orchestration', 'service', 'list', '--print-empty'], client)
  assert.match(services.out, /\| Hostname \| Binary \|/)
  const words = ['template', 'function', 'list', 'v', '--with_conditions', '-f', 'value']
  const functions = await run(['orchestration', ...words], client)
  assert.equal(functions.out, 'v {"withConditions":true}\n')
  assert.deepEqual(await run(words, client), functions)
})

test('the revisions that run are shown as JSON, the API before the engine', async () => {
  const buildInfo = async () => ({ engine: { revision: 'e' }, api: { revision: 'a' } })
  const { out } = await run(['orchestration', 'build', 'info', '-f', 'value'], { buildInfo })
  assert.equal(out, '{\n  "revision": "a"\n}\n{\n  "revision": "e"\n}\n')
})

test('the files of a stack are one column of YAML', async () => {
  const showFiles = async () => ({ 'file:///b.yaml': 'x: 1\n', 'file:///a.sh': 'echo' })
  const { out } = await run(['stack', 'file', 'list', 'web'], { showFiles })
  assert.equal(out, 'files:\n  file:///a.sh: echo\n  file:///b.yaml: |\n    x: 1\n')
})

test('a software deployment that failed is told with what it wrote', async () => {
  const client = (outputs: Readonly<Record<string, unknown>> | null): Partial<HearthClient> => ({
    showStack: async () => ({ stack: stackReply({ stack_status: 'CREATE_FAILED' }) }),
    listResources: async () => ({
      resources: [
        resourceReply('deploy', {
          resource_type: 'OS::Heat::SoftwareDeployment',
          resource_status: 'CREATE_FAILED',
          resource_status_reason: 'Deployment exited with non-zero status code: 1',
        }),
      ],
    }),
    async showSoftwareDeployment(id) {
      if (outputs === null) throw StackNotFound({ stack: id })
      return { id, output_values: outputs } as unknown as SoftwareDeploymentReply
    },
  })
  const log = Array.from({ length: 12 }, (_, i) => `step ${i}`).join('\n')
  const told = await run(
    ['stack', 'failures', 'list', 'web'],
    client({ deploy_stdout: log, deploy_status_code: 1 }),
  )
  assert.ok(told.out.startsWith('web.deploy:\n  resource_type: OS::Heat::SoftwareDeployment\n'))
  assert.ok(told.out.includes('code: 1\n  deploy_stdout: |\n    ...\n    step 2\n'), told.out)
  assert.ok(told.out.endsWith('    (truncated, view all with --long)\n  deploy_stderr: |\nNone\n'), told.out)
  const gone = await run(['stack', 'failures', 'list', 'web'], client(null))
  assert.ok(!gone.out.includes('deploy_stdout'))
  const json = await run(['stack', 'failures', 'list', 'web', '-f', 'json'], client(null))
  assert.equal(JSON.parse(json.out)[0].path, 'web.deploy')
})

test('events within a limit are the first in the order that is asked for', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    async listEvents(_stack, query) {
      asked.push(query)
      return { events: [eventRow('e1', 'a', 'CREATE_COMPLETE'), eventRow('e2', 'b', 'CREATE_COMPLETE')] }
    },
  }
  const args = ['stack', 'event', 'list', 'web', '--limit', '2', '-f', 'value', '-c', 'id']
  const { out } = await run([...args, '--sort', 'resource_name:desc', '--sort', ':desc'], client)
  assert.equal(out, 'e2\ne1\n')
  await run([...args, '--sort', ':desc'], client)
  await run(args, client)
  assert.deepEqual(asked, [
    { sort_dir: 'desc', sort_keys: ['resource_name', 'event_time'], limit: 2 },
    { sort_dir: 'desc', sort_keys: ['event_time'], limit: 2 },
    { sort_dir: 'asc', limit: 2 },
  ])
})

test('an event in full has its links and properties as text', async () => {
  const event = {
    ...eventRow('e1', 'a', 'CREATE_COMPLETE'),
    resource_type: 'OS::Heat::Value',
    resource_properties: { value: [1] },
  }
  const { out } = await run(['stack', 'event', 'show', 'web', 'a', 'e1', '-f', 'json'], {
    showEvent: async () => ({ event }),
  })
  const shown = JSON.parse(out)
  assert.equal(shown.links.split('\n')[1], 'http://hearth/v1/p/stacks/web/stack-1/resources/a (resource)')
  assert.equal(shown.resource_properties, '{\n  "value": [\n    1\n  ]\n}')
})

test('a stack that does nothing can not be cancelled, which is no mistake of the command line', async () => {
  const { code, err } = await run(['stack', 'cancel', 'web'], {
    findStack: async () => ({ stack_name: 'web', stack_id: 'stack-1' }),
    showStack: async () => ({ stack: stackReply() }),
  })
  assert.deepEqual(
    [code, err],
    [1, "ERROR: Stack web with status 'create_complete' not in cancelable state\n"],
  )
})

test('stacks of one project are those of it among all', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    projectId: 'D/own',
    findProject: async (project, { domain } = {}) => `${domain}/${project}`,
    async listStacks(query) {
      asked.push(query)
      return { stacks: [] }
    },
  }
  await run(['stack', 'list', '--project', 'demo', '--project-domain', 'D'], client)
  await run(['stack', 'list', '--project', 'own', '--project-domain', 'D'], client)
  assert.deepEqual(asked, [{ tenant: ['D/demo'], global_tenant: true }, { tenant: ['D/own'] }])
})

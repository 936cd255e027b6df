import { Problem } from '../base/problem.ts'
import type { HearthClient, StackArgument } from '../client/index.ts'
import type { ResourceReply } from '../contract/rest/index.ts'
import { outputText } from './deployment-outputs.ts'
import { linkOf } from './events/event-log.ts'

/** A resource that failed, and the way to it. */
export interface Failure {
  /** `demo.group.0` */
  readonly path: string
  readonly resource: ResourceReply
  /** What came of it on its server, where it is a software deployment. */
  readonly outputs?: Readonly<Record<string, unknown>>
}

/** What failed in a stack. A nested stack is told of by what failed inside it, and by itself only if nothing did. */
export async function failuresOf(
  client: HearthClient,
  stack: StackArgument,
  name: string,
): Promise<readonly Failure[]> {
  const { resources } = await client.listResources(stack)
  const failures: Failure[] = []
  for (const resource of resources.filter(({ resource_status }) => resource_status.endsWith('FAILED'))) {
    const path = `${name}.${resource.resource_name}`
    const inside = await failuresInside(client, resource, path)
    failures.push(...(inside.length > 0 ? inside : [{ path, resource }]))
  }
  return failures
}

async function failuresInside(
  client: HearthClient,
  resource: ResourceReply,
  path: string,
): Promise<readonly Failure[]> {
  const [, stack_name, stack_id] = /\/stacks\/([^/]+)\/([^/]+)/.exec(linkOf(resource, 'nested') ?? '') ?? []
  if (stack_name === undefined || stack_id === undefined) return []
  try {
    return await failuresOf(client, { stack_name: decodeURIComponent(stack_name), stack_id }, path)
  } catch (error) {
    // A resource may have failed before there was any stack of its own.
    if (error instanceof Problem && error.status === 404) return []
    throw error
  }
}

const deploymentTypes: ReadonlySet<string> = new Set([
  'OS::Heat::SoftwareDeployment',
  'OS::Heat::StructuredDeployment',
])

/** The same failures, those of software deployments with what they wrote. */
export function withOutputs(client: HearthClient, failures: readonly Failure[]): Promise<readonly Failure[]> {
  return Promise.all(
    failures.map(async (failure) => {
      const { resource_type: type, physical_resource_id: id } = failure.resource
      if (!deploymentTypes.has(type) || !id) return failure
      try {
        const { output_values } = await client.showSoftwareDeployment(id)
        return { ...failure, outputs: output_values ?? {} }
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return failure
        throw error
      }
    }),
  )
}

/** Failures as OpenStackClient prints them; of long reasons the last ten lines, unless all are wanted. */
export function failuresText(failures: readonly Failure[], { long }: { readonly long: boolean }): string {
  return failures.map((failure) => failureText(failure, long)).join('')
}

function failureText({ path, resource, outputs }: Failure, long: boolean): string {
  const lines = (resource.resource_status_reason ?? '').split('\n')
  const shown = long || lines.length <= 10 ? lines : ['...', ...lines.slice(-10)]
  return [
    `${path}:`,
    `  resource_type: ${resource.resource_type}`,
    `  physical_resource_id: ${resource.physical_resource_id}`,
    `  status: ${resource.resource_status}`,
    '  status_reason: |',
    ...shown.map((line) => `    ${line}`),
    outputs === undefined
      ? ''
      : ['deploy_stdout', 'deploy_stderr'].map((name) => outputText(name, outputs, { long })).join(''),
  ].join('\n')
}

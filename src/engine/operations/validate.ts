import type { JsonMap } from '../../base/json.ts'
import { Problem } from '../../base/problem.ts'
import type { StackRequest } from '../../contract/engine.ts'
import { BadRequest } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import { describeTemplate } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { withContainer } from './files-container.ts'
import { checkServices } from './verify.ts'
import { type WantedStack, wantedStack } from './wanted.ts'

type ValidateAsk = StackRequest & { readonly showNested: boolean; readonly ignoreErrors?: readonly string[] }

/** The code of a service that is not there. */
const serviceMissing = '99001'

/**
 * Says what a template asks for, or all that is wrong with it. No cloud is asked but whether the services are there, and
 * parameters may lack values.
 */
export async function validateTemplate(
  parts: EngineParts,
  caller: Caller,
  { showNested, ignoreErrors = [], ...ask }: ValidateAsk,
): Promise<JsonMap> {
  const strange = ignoreErrors.filter((code) => code !== serviceMissing)
  if (strange.length > 0)
    throw BadRequest({ message: `Invalid codes in ignore_errors : ${strange.join(', ')}` })
  const { definition, environment } = lookedAt(parts, caller, await withContainer(parts, caller, ask))
  if (!ignoreErrors.includes(serviceMissing))
    await checkServices(parts, definition, parts.access.forCaller(caller))
  return describeTemplate(definition, { showNested, environment, catalog: parts.definitions.catalog })
}

/** A template that is only looked at is not refused as a stack is, but as a bad request. */
function lookedAt(parts: EngineParts, caller: Caller, ask: StackRequest): WantedStack {
  const pseudo = { stackName: '', stackId: '', projectId: caller.projectId }
  try {
    return wantedStack(parts, { ask, pseudo, lenient: true })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'StackValidationFailed') throw error
    const { status, details, cause } = error
    throw new Problem(BadRequest.code, error.message, { status, details, cause })
  }
}

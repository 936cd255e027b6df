import type { JsonMap } from '../../base/json.ts'
import type { StackRequest } from '../../contract/engine.ts'
import type { Caller } from '../../contract/views.ts'
import { describeTemplate } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { wantedStack } from './wanted.ts'

type ValidateAsk = StackRequest & { readonly showNested: boolean; readonly ignoreErrors?: readonly string[] }

/** Says what a template asks for, or all that is wrong with it. No cloud is asked, and parameters may lack values. */
export async function validateTemplate(
  parts: EngineParts,
  caller: Caller,
  ask: ValidateAsk,
): Promise<JsonMap> {
  const pseudo = { stackName: 'dummy', stackId: '', projectId: caller.projectId }
  const { definition } = wantedStack(parts, { ask, pseudo, lenient: true })
  return describeTemplate(definition, { showNested: ask.showNested })
}

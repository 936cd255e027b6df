import type { LintRule } from '../rule.ts'
import { deprecated, laterCall, leavingFunction, oldVersion } from './aging.ts'
import { duplicateKey } from './duplicate-key.ts'
import { unconstrainedParameter, undescribedParameter } from './parameters.ts'
import { hardCodedSecret, secretDefault, secretInOutput, secretNotHidden } from './secrets.ts'
import { joinOfOne, replacesNothing } from './texts.ts'
import { idleResource, unusedCondition, unusedMapping, unusedParameter } from './unused.ts'
import { missingOutput, redundantDependency, replacedOnChange } from './wiring.ts'

/** Every lint rule, by theme. */
export const lintRules: readonly LintRule[] = [
  unusedParameter,
  unusedCondition,
  unusedMapping,
  idleResource,
  hardCodedSecret,
  secretNotHidden,
  secretDefault,
  secretInOutput,
  duplicateKey,
  laterCall,
  missingOutput,
  replacesNothing,
  joinOfOne,
  redundantDependency,
  replacedOnChange,
  deprecated,
  leavingFunction,
  oldVersion,
  undescribedParameter,
  unconstrainedParameter,
]

import type { AnyType } from '../../plugin/index.ts'
import { CloudConfig } from './cloud-config.ts'
import { Delay } from './delay.ts'
import { MultipartMime } from './multipart-mime.ts'
import { None } from './none.ts'
import { RandomString } from './random-string.ts'
import { RemoteStack } from './remote-stack.ts'
import { ResourceChain } from './resource-chain.ts'
import { ResourceGroup } from './resource-group.ts'
import { SoftwareConfig } from './software-config.ts'
import { StructuredConfig } from './structured-config.ts'
import { TestResource } from './test-resource.ts'
import { Value } from './value.ts'
import { WaitCondition } from './wait-condition.ts'
import { WaitConditionHandle } from './wait-condition-handle.ts'

/** The types that need no cloud, or whose objects are stacks. */
export const types: readonly AnyType[] = [
  CloudConfig,
  Delay,
  MultipartMime,
  None,
  RandomString,
  RemoteStack,
  ResourceChain,
  ResourceGroup,
  SoftwareConfig,
  StructuredConfig,
  TestResource,
  Value,
  WaitCondition,
  WaitConditionHandle,
]

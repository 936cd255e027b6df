export type { Sibling, Siblings } from '../template/index.ts'
export { catalogOf } from './catalog.ts'
export type { Child } from './child.ts'
export { expectField } from './expect.ts'
export type { OwnUser } from './own-user.ts'
export { physicalName, physicalNameOf } from './physical-name.ts'
export { type Registry, registry } from './registry.ts'
export { requestOf } from './request.ts'
export {
  type AnyNested,
  type AnyResource,
  type AnyType,
  type Asked,
  type Changing,
  type ChildTemplate,
  type Existing,
  type Given,
  type Inherited,
  type Keeping,
  type Making,
  type NestedContext,
  type NestedType,
  type Notes,
  nested,
  type PropertyRefusal,
  type PropsOf,
  type ResourceType,
  resource,
  type Self,
  type UpdateStep,
} from './resource.ts'
export { atLeastOne, isGiven, notTogether, onlyWith, refuseIf } from './rules.ts'
export { type Awaited, type Heard, nextNumber, type Signal, type Signals } from './signals.ts'
export {
  configInput,
  configOutput,
  ioTypes,
  type SoftwareConfig,
  type SoftwareConfigs,
} from './software-configs.ts'
export { textsOf } from './texts.ts'
export { updatableNames } from './updatable.ts'

export { messageOf, Problem } from '../base/problem.ts'
export * as problems from '../contract/problems.ts'
export type * from '../contract/rest/index.ts'
export * as operations from '../contract/rest/index.ts'
export { fetchWithCertificate, useCertificates } from './certificates.ts'
export { connectClient } from './connect.ts'
export type {
  CreateBody,
  EventListQuery,
  HearthClient,
  Question,
  ResourceListQuery,
  ResourceTypeQuery,
  StackAddress,
  StackArgument,
  StackDeed,
  StackListQuery,
  UpdateBody,
  ValidateBody,
} from './hearth-client.ts'
export { eachEvent, eachSoftwareConfig, eachStack, type Follow, followEvents } from './pages.ts'
export { allStacks } from './paging.ts'
export type {
  ClientSettings,
  Credentials,
  Fetch,
  OpenIdCredentials,
  OpenIdGrant,
  ProjectScope,
} from './settings.ts'
export type { SoftwareConfigBody } from './software-client.ts'
export { newestEvent, type Outcome, type Wait, waitForStack } from './wait.ts'
export { type ConnectionWords, settingsOf, Unconnectable, wordsOfVariables } from './words.ts'

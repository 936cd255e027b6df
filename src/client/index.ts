export { fetchWithCertificate, useCertificates } from './certificates.ts'
export { connectClient } from './connect.ts'
export type {
  CreateBody,
  EventListQuery,
  HearthClient,
  ResourceListQuery,
  ResourceTypeQuery,
  StackAddress,
  StackArgument,
  StackDeed,
  StackListQuery,
  UpdateBody,
  ValidateBody,
} from './hearth-client.ts'
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

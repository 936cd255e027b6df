export {
  authenticate,
  type Credential,
  type DomainReference,
  identityUrl,
  type Reference,
  type Scope,
} from './auth.ts'
export type { Catalog, Endpoint, Interface } from './catalog.ts'
export { type CollectionForm, collection } from './collection.ts'
export {
  CloudError,
  type CloudErrorFacts,
  type CloudErrorKind,
  isCloudError,
  unlessGone,
  wordsOf,
} from './error.ts'
export { type LookupWays, lookUp } from './lookup.ts'
export { agreeOn, compareVersions, type MicroversionRange, microversions } from './microversions.ts'
export {
  type AnyService,
  type Ask,
  type ClientOf,
  type CloudFinder,
  type Collection,
  type Found,
  type Place,
  type Reply,
  type Service,
  type Session,
  service,
} from './service.ts'
export { type CloudPlace, type CloudSession, type Connection, connect, sessionWith } from './session.ts'
export { readToken, type Token } from './token.ts'
export { type Transport, type TransportOptions, transport } from './transport.ts'

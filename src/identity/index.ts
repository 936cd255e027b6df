export { accessFrom, type CloudAccess, CloudSettingsInvalid } from './cloud-settings.ts'
export { onlyCloud, readCloud, readCloudSettings, type Surroundings } from './clouds-file.ts'
export { type Delegation, type DelegationOptions, delegation, type StoredCredential } from './delegation.ts'
export { livingPolicy } from './living-policy.ts'
export { type OwnSession, ownSession } from './own-session.ts'
export { newPassword } from './password.ts'
export {
  effectiveRules,
  odditiesIn,
  type Policy,
  PolicyInvalid,
  type PolicyOptions,
  policy,
  type Target,
} from './policy.ts'
export { type PolicyPlaces, policyFilesIn, readPolicy } from './policy-files.ts'
export { redundantRules, samplePolicy } from './policy-sample.ts'
export {
  type NewUser,
  type StackUsers,
  type StackUsersOptions,
  stackUsers,
  type UserWorld,
} from './stack-users.ts'
export {
  callerOf,
  type TokenValidator,
  type TokenValidatorOptions,
  tokenValidator,
} from './token-validator.ts'

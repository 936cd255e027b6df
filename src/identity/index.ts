export { accessFrom, type CloudAccess, CloudSettingsInvalid } from './cloud-settings.ts'
export { readCloud, readCloudSettings, type Surroundings } from './clouds-file.ts'
export { type Delegation, type DelegationOptions, delegation, type StoredCredential } from './delegation.ts'
export { type OwnSession, ownSession } from './own-session.ts'
export { newPassword } from './password.ts'
export {
  type Policy,
  PolicyInvalid,
  type PolicyOptions,
  policy,
  readPolicyFile,
  type Target,
} from './policy.ts'
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

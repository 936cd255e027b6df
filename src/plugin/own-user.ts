/** A user in the cloud that a resource has for those who signal it. It may do nothing else. */
export interface OwnUser {
  /** Makes the user unless it is there. The password is a secret. */
  ensure(): Promise<{
    readonly id: string
    readonly name: string
    readonly password: string
    readonly projectId: string
  }>
  /** A new token of the user, which is made if it is not there. A secret. */
  token(): Promise<string>
  setEnabled(isEnabled: boolean): Promise<void>
  /** Deletes the user, if there is one. */
  remove(): Promise<void>
  /** What those who act as the user have to know: where Keystone is, and where the resource is signalled. */
  world(): Promise<{
    readonly authUrl: string
    readonly region: string | undefined
    readonly domainId: string | undefined
    readonly insecure: boolean
    readonly signalUrl: string
  }>
}

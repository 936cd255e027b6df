/** The global options that say which cloud, and who asks; each is also read from OS_*. */
export const connectionOptions = {
  'auth-url': "Keystone's address",
  'auth-type':
    'password, token, v3applicationcredential, v3oidcaccesstoken, v3oidcpassword or v3oidcclientcredentials; most often the rest says it',
  username: 'who asks',
  'user-id': 'the same, by ID',
  'user-domain-name': 'the domain of the user',
  'user-domain-id': 'the same, by ID',
  password: "the user's password",
  'project-name': 'the project to work in',
  'project-id': 'the same, by ID',
  'project-domain-name': 'the domain of the project',
  'project-domain-id': 'the same, by ID',
  'trust-id': 'a trust, in place of a project',
  token: 'a token, in place of a password',
  'application-credential-id': 'an application credential, in place of user and project',
  'application-credential-name': 'the same, by name and user',
  'application-credential-secret': 'its secret',
  'identity-provider': 'an OpenID Connect provider that Keystone trusts, by its name there',
  protocol: 'the protocol of the provider, by its name in Keystone',
  'access-token': 'an access token of the provider',
  'access-token-type': 'which token of the provider to take: access_token (the usual) or id_token',
  'access-token-endpoint': 'where the provider gives tokens',
  'discovery-endpoint': 'where the provider says where that is',
  'client-id': 'who we are to the provider',
  'client-secret': 'the secret for that',
  'openid-scope': 'what to ask of the provider (default: openid profile)',
  'region-name': 'the region whose service to use',
  interface: 'public, internal or admin',
  'endpoint-override': 'the address of the service, in place of the one in the catalog',
  cacert: 'a file with the certificates of authorities to trust',
  cert: 'a file with the certificate to show to services',
  key: 'a file with the key of that certificate, where it is not in the same file',
} as const

/** `auth_url` for `auth-url`. */
export const wordOf = (option: string): string => option.replaceAll('-', '_')

import { OpenStack, type Tenant, type Variables } from './openstack.ts'

/** Has somebody keep in Barbican how another is known in a cloud, as stacks in other clouds want it. Answers the ID of the secret. */
export async function secretWith(other: Variables, keeper: Pick<Tenant, 'variables'>): Promise<string> {
  const payload = JSON.stringify({
    auth_type: 'password',
    auth: {
      auth_url: other.OS_AUTH_URL,
      username: other.OS_USERNAME,
      password: other.OS_PASSWORD,
      project_name: other.OS_PROJECT_NAME,
      user_domain_name: 'Default',
      project_domain_name: 'Default',
    },
  })
  const openstack = new OpenStack(keeper.variables)
  const where = await openstack.value('Secret href', 'secret', 'store', '--payload', payload)
  return where.split('/').at(-1) ?? ''
}

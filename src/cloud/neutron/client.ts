import { collection } from '../collection.ts'
import { CloudError, isCloudError, unlessGone } from '../error.ts'
import { pages } from '../paging.ts'
import type { Collection, Found, Session } from '../service.ts'
import { extensionsOf } from './extensions.ts'
import type {
  AddressScope,
  FloatingIp,
  Network,
  Port,
  QosPolicy,
  Router,
  RuleBody,
  SecurityGroup,
  SecurityGroupRule,
  Segment,
  Subnet,
  SubnetPool,
} from './live.ts'
import { type RouterInterfaces, routerInterfaces } from './router-interfaces.ts'
import { dhcpOf, l3Of, setAgents } from './scheduling.ts'

/** Objects that can bear tags, which Neutron sets by a call of their own. */
export interface Tagged<Live extends Found> extends Collection<Live> {
  /** Makes these its tags, and no others. */
  setTags(id: string, tags: readonly string[]): Promise<void>
}

/** What can be done with Neutron. Fields are called as it calls them. */
export interface NeutronClient {
  readonly networks: Tagged<Network> & {
    /** Makes these DHCP agents serve the network, and no others. */
    setDhcpAgents(id: string, agentIds: readonly string[]): Promise<void>
    /** The segments of a network; those without a name first. */
    segments(id: string): Promise<readonly Segment[]>
  }
  readonly subnets: Tagged<Subnet>
  readonly ports: Tagged<Port>
  readonly routers: Tagged<Router> & {
    /** Makes these L3 agents serve the router, and no others. */
    setL3Agents(id: string, agentIds: readonly string[]): Promise<void>
  }
  readonly routerInterfaces: RouterInterfaces
  readonly floatingIps: Tagged<FloatingIp>
  readonly securityGroups: Collection<SecurityGroup> & {
    /** The ID of the group that the project's ports are in when nothing else is said. */
    defaultId(): Promise<string>
  }
  readonly securityGroupRules: Collection<SecurityGroupRule> & {
    /** Adds the rules; those that are already there are fine. */
    add(rules: readonly RuleBody[]): Promise<void>
    /** Removes the rules; those that are gone already are fine. */
    remove(ids: readonly string[]): Promise<void>
  }
  readonly qosPolicies: Collection<QosPolicy>
  readonly subnetPools: Collection<SubnetPool>
  readonly addressScopes: Collection<AddressScope>
  readonly segments: Collection<Segment>
  /** The ID of the network that Neutron makes for a project that has none. */
  autoAllocatedNetwork(): Promise<string>
  /** Whether the site has an extension: `router`, `standard-attr-tag`. */
  hasExtension(alias: string): Promise<boolean>
}

const service = ['network']

/** Opens Neutron's client. */
export function connect(session: Session): NeutronClient {
  const routers = tagged<Router>(session, 'routers', 'router')
  return {
    networks: networks(session),
    subnets: tagged<Subnet>(session, 'subnets', 'subnet'),
    ports: tagged<Port>(session, 'ports', 'port'),
    routers: { ...routers, setL3Agents: (id, agentIds) => setAgents(session, l3Of(id), agentIds) },
    routerInterfaces: routerInterfaces(session),
    floatingIps: tagged<FloatingIp>(session, 'floatingips', 'floatingip'),
    securityGroups: securityGroups(session),
    securityGroupRules: securityGroupRules(session),
    qosPolicies: collection(session, { service, path: '/qos/policies', one: 'policy', many: 'policies' }),
    subnetPools: plain(session, 'subnetpools', 'subnetpool'),
    addressScopes: plain(session, 'address_scopes', 'address_scope'),
    segments: plain(session, 'segments', 'segment'),
    async autoAllocatedNetwork() {
      const path = `/auto-allocated-topology/${session.projectId}`
      const { body } = await session.request({ service, method: 'GET', path })
      return (body as { auto_allocated_topology: Found }).auto_allocated_topology.id
    },
    hasExtension: async (alias) => (await extensionsOf(session)).has(alias),
  }
}

function plain<Live extends Found>(session: Session, many: string, one: string): Collection<Live> {
  const path = `/${many.replaceAll('_', '-')}`
  return collection<Live>(session, { service, path, one, many, some: 'by-id', deletesAtOnce: true })
}

function tagged<Live extends Found>(session: Session, many: string, one: string): Tagged<Live> {
  return {
    ...plain<Live>(session, many, one),
    async setTags(id, tags) {
      await session.request({ service, method: 'PUT', path: `/${many}/${id}/tags`, body: { tags } })
    },
  }
}

function networks(session: Session): NeutronClient['networks'] {
  return {
    ...tagged<Network>(session, 'networks', 'network'),
    setDhcpAgents: (id, agentIds) => setAgents(session, dhcpOf(id), agentIds),
    async segments(id) {
      const ask = { service, method: 'GET' as const, path: '/segments', query: { network_id: id } }
      const found = await pages<Segment>(session, ask, 'segments')
      return found.toSorted((a, b) => Number(a.name !== null) - Number(b.name !== null))
    },
  }
}

function securityGroups(session: Session): NeutronClient['securityGroups'] {
  const groups = plain<SecurityGroup>(session, 'security_groups', 'security_group')
  return {
    ...groups,
    async defaultId() {
      const [found] = await groups.list({ name: 'default', project_id: session.projectId })
      if (found) return found.id
      throw new CloudError("Unable to find security_group with name or id 'default'", {
        kind: 'not-found',
        service: 'network',
      })
    },
  }
}

function securityGroupRules(session: Session): NeutronClient['securityGroupRules'] {
  const rules = plain<SecurityGroupRule>(session, 'security_group_rules', 'security_group_rule')

  async function addOne(rule: RuleBody): Promise<void> {
    try {
      await rules.create(rule)
    } catch (error) {
      if (!isCloudError(error, 'conflict')) throw error
    }
  }

  return {
    ...rules,
    async add(wanted) {
      if (wanted.length < 2) return wanted[0] && addOne(wanted[0])
      try {
        const body = { security_group_rules: wanted }
        await session.request({ service, method: 'POST', path: '/security-group-rules', body })
      } catch (error) {
        // A bulk request is all or nothing, and one rule that is there refuses them all.
        if (!isCloudError(error, 'conflict')) throw error
        for (const rule of wanted) await addOne(rule)
      }
    },
    async remove(ids) {
      await Promise.all(ids.map((id) => unlessGone(rules.delete(id))))
    },
  }
}

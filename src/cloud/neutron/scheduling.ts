import { isCloudError, unlessGone } from '../error.ts'
import { pages } from '../paging.ts'
import type { Session } from '../service.ts'
import type { Agent } from './live.ts'

/** Something that agents serve: a network by DHCP agents, a router by L3 agents. */
interface Scheduled {
  /** Where its agents are listed: `/networks/<id>/dhcp-agents`. */
  readonly hosts: string
  /** Where one agent's share is, and this thing as a member of it. */
  readonly share: (agentId: string) => string
  readonly id: string
  readonly body: object
}

export const dhcpOf = (networkId: string): Scheduled => ({
  hosts: `/networks/${networkId}/dhcp-agents`,
  share: (agentId) => `/agents/${agentId}/dhcp-networks`,
  id: networkId,
  body: { network_id: networkId },
})

export const l3Of = (routerId: string): Scheduled => ({
  hosts: `/routers/${routerId}/l3-agents`,
  share: (agentId) => `/agents/${agentId}/l3-routers`,
  id: routerId,
  body: { router_id: routerId },
})

const service = ['network']

/** The agents that serve it. Administrators only. */
export const agentsOf = (session: Session, { hosts }: Scheduled): Promise<readonly Agent[]> =>
  pages<Agent>(session, { service, method: 'GET', path: hosts }, 'agents')

/**
 * Makes these agents serve it and no others. The old ones leave first: a router that is not highly available may be on
 * one agent only. Agents already there, or already gone, are fine.
 */
export async function setAgents(
  session: Session,
  scheduled: Scheduled,
  wanted: readonly string[],
): Promise<void> {
  const present = (await agentsOf(session, scheduled)).map(({ id }) => id)
  for (const agent of present.filter((id) => !wanted.includes(id))) {
    const path = `${scheduled.share(agent)}/${scheduled.id}`
    await unlessGone(unlessConflict(session.request({ service, method: 'DELETE', path })))
  }
  for (const agent of wanted.filter((id) => !present.includes(id))) {
    const ask = { service, method: 'POST' as const, path: scheduled.share(agent), body: scheduled.body }
    await unlessConflict(session.request({ ...ask, repeatable: true }))
  }
}

/** Neutron answers 409 when an agent already has, or no longer has, what it is asked to take or leave. */
async function unlessConflict<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isCloudError(error, 'conflict')) return undefined
    throw error
  }
}

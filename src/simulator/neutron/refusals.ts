import { badRequest, conflict, forbidden, notFound, type Refusal } from '../kit/refusal.ts'

/** How Neutron refuses. */
export function dressForNeutron({ type, message }: Refusal): unknown {
  return { NeutronError: { type, message, detail: '' } }
}

export const invalidInput = (message: string) =>
  badRequest(`Invalid input for operation: ${message}.`, 'InvalidInput')

export const badFor = (resource: string, message: string) =>
  badRequest(`Bad ${resource} request: ${message}.`, 'BadRequest')

export const noSuch = {
  network: (id: string) => notFound(`Network ${id} could not be found.`, 'NetworkNotFound'),
  subnet: (id: string) => notFound(`Subnet ${id} could not be found.`, 'SubnetNotFound'),
  port: (id: string) => notFound(`Port ${id} could not be found.`, 'PortNotFound'),
  router: (id: string) => notFound(`Router ${id} could not be found`, 'RouterNotFound'),
  floatingIp: (id: string) => notFound(`Floating IP ${id} could not be found`, 'FloatingIPNotFound'),
  securityGroup: (id: string) => notFound(`Security group ${id} does not exist`, 'SecurityGroupNotFound'),
  rule: (id: string) => notFound(`Security group rule ${id} does not exist`, 'SecurityGroupRuleNotFound'),
}

/** The refusal of an action, or of one attribute in it, that a rule of the policy forbids. */
export function againstPolicy(action: string, attribute?: string): Refusal {
  const rule = attribute === undefined ? `rule:${action}` : `(rule:${action} and rule:${action}:${attribute})`
  return forbidden(`${rule} is disallowed by policy`, 'PolicyNotAuthorized')
}

export const overQuota = (resource: string) =>
  conflict(`Quota exceeded for resources: ['${resource}'].`, 'OverQuota')

import type { AnyType } from '../../plugin/index.ts'
import { FloatingIP } from './floating-ip.ts'
import { FloatingIPAssociation } from './floating-ip-association.ts'
import { Net } from './net.ts'
import { Port } from './port.ts'
import { Router } from './router.ts'
import { RouterInterface } from './router-interface.ts'
import { SecurityGroup } from './security-group.ts'
import { SecurityGroupRule } from './security-group-rule.ts'
import { Subnet } from './subnet.ts'

/** The resource types of Neutron. */
export const types: readonly AnyType[] = [
  FloatingIP,
  FloatingIPAssociation,
  Net,
  Port,
  Router,
  RouterInterface,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
]

import { cinder } from '../cloud/cinder/index.ts'
import { glance } from '../cloud/glance/index.ts'
import { heat } from '../cloud/heat/index.ts'
import { keystone } from '../cloud/keystone/index.ts'
import { neutron } from '../cloud/neutron/index.ts'
import { nova } from '../cloud/nova/index.ts'
import type { AnyService, CloudFinder } from '../cloud/service.ts'

/** The services of a cloud that resource types use. */
export const services: readonly AnyService[] = [cinder, glance, heat, keystone, neutron, nova]

/** The custom constraints that ask a cloud, by the names that templates use: `neutron.network`. */
export const finders: ReadonlyMap<string, CloudFinder> = new Map(
  services.flatMap(({ find }) => Object.values(find).map((finder) => [finder.name, finder] as const)),
)

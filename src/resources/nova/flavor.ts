import { keystone } from '../../cloud/keystone/index.ts'
import { type LiveFlavor, nova } from '../../cloud/nova/index.ts'
import { physicalName, requestOf, resource, textsOf } from '../../plugin/index.ts'
import { boolean, integer, list, map, number, string } from '../../schema/index.ts'
import { newNamesakes, noteNamesakes } from './namesakes.ts'

/** A flavor: how large servers may be. Administrators only, on most sites. */
export const Flavor = resource('OS::Nova::Flavor', {
  summary: 'A size that servers can have: memory, processors, disks.',
  since: '2014.2',
  uses: { nova },
  lives: nova.collection('flavors'),

  properties: {
    tenants: list(
      string('The name or ID of a project.', { finds: keystone.find.project }),
      "The projects that may use a flavor that is not public; the stack's own, if none is said.",
      { default: [], updatable: true, since: '8.0.0', ownCall: true, live: false },
    ),
    flavorid: string('The ID of the flavor. Left out, Nova makes one.', {
      since: '7.0.0',
      live: { field: 'id', to: (id: string) => id || null },
    }),
    name: string('The name of the flavor.', { default: physicalName, since: '7.0.0' }),
    ram: integer('Memory, in MB.', { required: true }),
    vcpus: integer('Processors.', { required: true }),
    disk: integer('The root disk, in GB.', { default: 0 }),
    swap: integer('Swap space, in MB.', { default: 0 }),
    ephemeral: integer('A second disk that is lost with the server, in GB.', {
      default: 0,
      live: 'OS-FLV-EXT-DATA:ephemeral',
    }),
    rxtx_factor: number('The share of the network that a server gets, where the hypervisor heeds it.', {
      default: 1,
    }),
    extra_specs: map('What else the flavor asks of hosts, as keys and values.', {
      updatable: true,
      ownCall: true,
      live: false,
    }),
    is_public: boolean('Whether every project may use it.', {
      default: true,
      since: '6.0.0',
      live: 'os-flavor-access:is_public',
    }),
  },

  attributes: {
    is_public: boolean('Whether every project may use it.', {
      since: '6.0.0',
      live: 'os-flavor-access:is_public',
    }),
    extra_specs: map('What else the flavor asks of hosts.', { since: '7.0.0' }),
  },

  async sync({ nova, id, props, self, changed: { extra_specs: specs, tenants } }) {
    if (specs !== undefined) await setExtraSpecs(nova.flavors, id, specs ?? {})
    if (tenants === undefined || props.is_public) return
    await setProjects(nova.flavors, id, tenants.length > 0 ? tenants : [self.stack.projectId])
  },

  async create(context): Promise<LiveFlavor> {
    await noteNamesakes(context, context.nova.flavors)
    return context.nova.flavors.create(requestOf(Flavor, context.props))
  },

  find: (context) => newNamesakes(context, context.nova.flavors),

  compute: {
    extra_specs: ({ nova, id }) => nova.flavors.extraSpecs(id),
  },
})

type Flavors = ReturnType<typeof nova.connect>['flavors']

async function setExtraSpecs(
  flavors: Flavors,
  id: string,
  wanted: Readonly<Record<string, unknown>>,
): Promise<void> {
  const present = Object.keys(await flavors.extraSpecs(id))
  for (const key of present) if (!Object.hasOwn(wanted, key)) await flavors.removeExtraSpec(id, key)
  if (Object.keys(wanted).length > 0) await flavors.setExtraSpecs(id, textsOf(wanted))
}

async function setProjects(flavors: Flavors, id: string, wanted: readonly string[]): Promise<void> {
  const present = await flavors.projects(id)
  for (const project of present) if (!wanted.includes(project)) await flavors.disallow(id, project)
  for (const project of wanted) if (!present.includes(project)) await flavors.allow(id, project)
}

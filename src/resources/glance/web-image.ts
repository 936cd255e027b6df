import { unlessGone } from '../../cloud/error.ts'
import { glance } from '../../cloud/glance/index.ts'
import {
  type Existing,
  isGiven,
  physicalName,
  refuseIf,
  requestOf,
  resource,
  textsOf,
} from '../../plugin/index.ts'
import { anyList, boolean, integer, list, map, string } from '../../schema/index.ts'
import { madeSince } from '../made-since.ts'

const uses = { glance }

const imageId = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'

/** The formats that name the disk and the container at once. */
const amazonFormats = ['ami', 'ari', 'aki']

const properties = {
  name: string('A name for the image. It need not be unique.', { default: physicalName }),
  id: string('The ID of the image. Left out, Glance makes one.'),
  visibility: string('Who may use the image.', {
    default: 'private',
    updatable: true,
    oneOf: ['public', 'private', 'community', 'shared'],
  }),
  protected: boolean('Whether the image is safe from being deleted, by its stack too.', {
    default: false,
    updatable: true,
  }),
  min_disk: integer('The least disk that a server needs for it, in GB.', { default: 0, range: { min: 0 } }),
  min_ram: integer('The least memory that a server needs for it, in MB.', { default: 0, range: { min: 0 } }),
  disk_format: string('The format of the disk.', {
    required: true,
    oneOf: ['ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop'],
  }),
  container_format: string('The format that the disk is wrapped in; bare, if in none.', {
    required: true,
    oneOf: ['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker'],
  }),
  location: string('The web address where Glance is to fetch the content from.', {
    required: true,
    live: false,
  }),
  tags: anyList('The tags of the image.', { updatable: true }),
  extra_properties: map('Further fields of the image.', {
    default: {},
    updatable: true,
    since: '17.0.0',
    live: false,
  }),
  architecture: string('The architecture of the processor it is for.', { updatable: true }),
  kernel_id: string('The image to boot as the kernel.', { updatable: true, pattern: imageId }),
  os_distro: string('The common name of the operating system, in small letters.', { updatable: true }),
  os_version: string("The operating system's version, as its makers write it.", { updatable: true }),
  owner: string('The project that owns the image. Administrators only.', { updatable: true }),
  ramdisk_id: string('The image to boot as the RAM disk.', { updatable: true, pattern: imageId }),
  active: boolean('Whether the image can be used; if not, its content is kept.', {
    default: true,
    updatable: true,
    since: '16.0.0',
    ownCall: true,
    live: false,
  }),
  members: list(string('A project.'), 'The projects that a shared image is offered to.', {
    updatable: true,
    since: '16.0.0',
    ownCall: true,
    live: false,
  }),
}

/** An image whose content Glance fetches from the web. */
export const WebImage = resource('OS::Glance::WebImage', {
  summary: 'An image whose content the image service fetches from the web.',
  since: '12.0.0',
  uses,
  lives: glance.collection('images'),
  properties,
  attributes: {},

  settles: {
    on: 'status',
    ready: ['active', 'deactivated'],
    busy: ['queued', 'saving', 'importing', 'uploading'],
    failed: ['killed', 'deleted', 'pending_delete'],
    nudge: { queued: seeImport },
    async until({ glance, id, props, live }) {
      if (props.active === (live.status === 'active')) return true
      await (props.active ? glance.images.reactivate(id) : glance.images.deactivate(id))
      return false
    },
  },

  validate: (props) => [
    ...refuseIf(
      amazonFormats.includes(props.container_format ?? '') && props.disk_format !== props.container_format,
      'Invalid mix of disk and container formats. When setting a disk or container format to one of ' +
        "'aki', 'ari', or 'ami', the container and disk formats must match.",
    ),
    ...refuseIf(
      isGiven(props.members) && isGiven(props.visibility) && props.visibility !== 'shared',
      'members property should only be specified for visibility with value shared.',
    ),
  ],

  request: ({ extra_properties: extra }, body) => ({ ...body, ...textsOf(extra ?? {}) }),

  async find({ glance, props, since }) {
    if (props.id) return unlessGone(glance.images.get(props.id))
    const named = await glance.images.list({ name: props.name })
    return named.filter(({ created_at }) => madeSince(created_at, since))
  },

  async update({ glance, id, changed, before }) {
    const kept = changed.extra_properties ?? before.extra_properties ?? {}
    const removed = Object.keys(before.extra_properties ?? {}).filter((name) => !Object.hasOwn(kept, name))
    const body = {
      ...requestOf(WebImage, changed, before),
      ...Object.fromEntries(removed.map((name) => [name, null])),
    }
    if (Object.keys(body).length > 0) await glance.images.update(id, body)
  },

  async sync({ glance, id, props, changed: { members } }) {
    if (members !== undefined && props.visibility === 'shared')
      await setMembers({ glance, id }, members ?? [])
    const { status } = await glance.images.get(id)
    if (status === 'queued') await glance.images.importFrom(id, props.location)
  },
})

type OfImage = Existing<typeof uses, typeof properties>

/** After an import that failed Glance has the image wait for another one, for ever. */
async function seeImport({ glance, id, props }: OfImage): Promise<void> {
  const { os_glance_failed_import: failed } = await glance.images.get(id)
  if (failed) throw new Error(`Glance could not fetch the image from ${props.location} (store ${failed}).`)
}

async function setMembers(
  { glance, id }: Pick<OfImage, 'glance' | 'id'>,
  wanted: readonly string[],
): Promise<void> {
  const present = await glance.images.members(id)
  for (const project of present) if (!wanted.includes(project)) await glance.images.removeMember(id, project)
  for (const project of wanted) if (!present.includes(project)) await glance.images.addMember(id, project)
}

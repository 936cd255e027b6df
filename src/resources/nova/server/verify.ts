import { unlessGone } from '../../../cloud/error.ts'
import { placesOf } from './places.ts'
import type { MakingServer } from './properties.ts'

/** Asks the clouds whether they can make such a server, before anything is made. Throws what its owner should read. */
export async function verify(context: MakingServer): Promise<void> {
  await Promise.all([
    verifyImage(context),
    verifyNetworks(context),
    verifyVersions(context),
    verifyLimits(context),
  ])
}

/** By the client, which every deployment has anew: which images fit which flavors. */
const fitting = new WeakMap<object, Map<string, Promise<boolean>>>()

/** The same image and flavor are looked at once in a deployment, for all the servers that are made of them. */
async function verifyImage(context: MakingServer): Promise<void> {
  const { nova, props } = context
  if (!props.image) return
  const known = fitting.get(nova) ?? new Map<string, Promise<boolean>>()
  fitting.set(nova, known)
  const key = `${props.image} ${props.flavor}`
  const verified = known.get(key) ?? verifyPair(context, { imageId: props.image, flavorId: props.flavor })
  known.set(key, verified)
  const forget = () => known.delete(key)
  verified.then((isThere) => isThere || forget(), forget)
  await verified
}

/** Whether they are there, and fit then. What is not there yet may be made by the time it is needed. */
async function verifyPair(
  { nova, glance }: MakingServer,
  { imageId, flavorId }: { readonly imageId: string; readonly flavorId: string },
): Promise<boolean> {
  const [image, flavor] = await Promise.all([
    unlessGone(glance.images.get(imageId)),
    unlessGone(nova.flavors.get(flavorId)),
  ])
  if (image === undefined || flavor === undefined) return false
  if (image.status !== 'active') {
    throw new Error(`Image status is required to be active not ${image.status}.`)
  }
  if (flavor.ram < image.min_ram) {
    throw new Error(
      `Image ${imageId} requires ${image.min_ram} minimum ram. Flavor ${flavorId} has only ${flavor.ram}.`,
    )
  }
  if (flavor.disk < image.min_disk) {
    throw new Error(
      `Image ${imageId} requires ${image.min_disk} GB minimum disk space. Flavor ${flavorId} has only ${flavor.disk} GB.`,
    )
  }
  return true
}

/** Looking the entries up is what checks them. */
async function verifyNetworks(context: MakingServer): Promise<void> {
  await placesOf(context, context.props.networks ?? [])
}

async function verifyVersions({ nova, props }: MakingServer): Promise<void> {
  const { networks = [], tags, block_device_mapping_v2: devices = [] } = props
  if (networks.some((entry) => entry.allocate_network) && !(await nova.can('namedAllocation'))) {
    const name = '"allocate_network"'
    throw new Error(
      `Cannot use ${name} property - compute service does not support the required api microversion.`,
    )
  }
  if (networks.some((entry) => entry.tag) && !(await nova.can('nicTags'))) {
    throw new Error(
      'Cannot use "tag" property in networks - nova does not support required api microversion.',
    )
  }
  if (tags && tags.length > 0 && !(await nova.can('tagsAtCreation'))) {
    throw new Error('Cannot use "tags" property - nova does not support required api microversion.')
  }
  if (devices.some((device) => device.volume_type) && !(await nova.can('volumeTypes'))) {
    throw new Error('Cannot use "volume_type" property - nova does not support required api microversion.')
  }
}

async function verifyLimits({ nova, props: { metadata, personality } }: MakingServer): Promise<void> {
  const entries = Object.keys(metadata).length
  const files = Object.entries(personality)
  if (entries === 0 && files.length === 0) return
  const { maxServerMeta, maxPersonality, maxPersonalitySize } = await nova.limits()
  if (exceeds(entries, maxServerMeta)) {
    throw new Error(
      `Instance metadata must not contain greater than ${maxServerMeta} entries.  This is the maximum number allowed by your service provider`,
    )
  }
  if (exceeds(files.length, maxPersonality)) {
    throw new Error(`The personality property may not contain greater than ${maxPersonality} entries.`)
  }
  for (const [path, content] of files) {
    if (exceeds(Buffer.byteLength(String(content)), maxPersonalitySize)) {
      throw new Error(
        `The contents of personality file "${path}" is larger than the maximum allowed personality file size (${maxPersonalitySize} bytes).`,
      )
    }
  }
}

/** A limit of -1 is none. */
const exceeds = (size: number, limit: number | undefined): boolean =>
  limit !== undefined && limit !== -1 && size > limit

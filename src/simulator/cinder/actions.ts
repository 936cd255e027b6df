import { isMap } from '../../base/json.ts'
import { addImage, imageImported } from '../glance/image-table.ts'
import { type Answer, accepted, answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import { type Volume, volumes } from './kinds.ts'
import { mustHaveRoom } from './quotas.ts'
import { invalidInput, invalidVolume, noSuch, onlyAdmin } from './refusals.ts'
import { typeOf } from './types.ts'
import { changeVolume, detachVolume, removeVolume, volumeReady } from './volume-table.ts'
import { volumeOf } from './volumes.ts'

type Fields = Readonly<Record<string, unknown>>
type Act = (call: Call, volume: Volume, given: Fields) => Answer

const isTrue = (value: unknown): boolean =>
  ['true', '1', 'on', 'yes', 't', 'y'].includes(String(value).toLowerCase())

const extend: Act = (call, volume, given) => {
  const size = Number(given.new_size)
  if (!Number.isInteger(size))
    throw badRequest(`Invalid input for field/attribute new_size. Value: ${String(given.new_size)}.`)
  const fits = volume.status === 'available' || (volume.status === 'in-use' && call.version >= 42)
  if (!fits) {
    throw invalidVolume(
      `Volume ${volume.id} status must be '{'status': 'available'}' to extend, currently ${volume.status}.`,
    )
  }
  if (size <= volume.size) {
    throw invalidInput(
      `New size for extend must be greater than current size. (current: ${volume.size}, extended: ${size}).`,
    )
  }
  mustHaveRoom(call.world, volume.project_id, { what: undefined, gigabytes: size - volume.size })
  changeVolume(call.world, volume.id, { status: 'extending' })
  call.world.later(call.world.times.volumeWork, volumeExtended, { id: volume.id, size })
  return accepted()
}

export const volumeExtended = task<{ id: string; size: number }>(
  'cinder.volume-extended',
  (world, { id, size }) => {
    const volume = world.of(volumes).get(id)
    if (volume?.status !== 'extending') return
    changeVolume(world, id, { size, status: volume.attachments.length > 0 ? 'in-use' : 'available' })
  },
)

const retype: Act = (call, volume, given) => {
  const type = typeOf(call.world, String(given.new_type))
  if (type === undefined)
    throw badRequest(`Invalid input received: Could not find volume type ${String(given.new_type)}`)
  if (!['available', 'in-use'].includes(volume.status))
    throw invalidVolume('Volume status must be available or in-use to retype.')
  changeVolume(call.world, volume.id, { status: 'retyping', volume_type: type.name })
  call.world.later(call.world.times.volumeWork, volumeReady, { id: volume.id })
  return accepted()
}

const upload: Act = (call, volume, given) => {
  if (volume.status !== 'available' && !(volume.status === 'in-use' && isTrue(given.force))) {
    throw invalidVolume(
      `Volume ${volume.id} status must be available, but current status is: ${volume.status}.`,
    )
  }
  const image = addImage(call.world, {
    name: String(given.image_name),
    owner: volume.project_id,
    visibility: String(given.visibility ?? 'shared'),
    disk_format: String(given.disk_format ?? 'raw'),
    container_format: String(given.container_format ?? 'bare'),
  })
  changeVolume(call.world, volume.id, { status: 'uploading' })
  call.world.later(call.world.times.imageImport, imageImported, {
    id: image.id,
    size: volume.size * 1024 ** 3,
  })
  call.world.later(call.world.times.imageImport, volumeReady, { id: volume.id })
  return accepted({
    'os-volume_upload_image': {
      id: volume.id,
      updated_at: volume.updated_at,
      status: 'uploading',
      display_description: volume.description,
      size: volume.size,
      volume_type: null,
      image_id: image.id,
      container_format: image.container_format,
      disk_format: image.disk_format,
      image_name: image.name,
    },
  })
}

/** Nova's own way is the only one to part a volume from a server that has it. */
const detach: Act = (call, volume, given) => {
  const wanted = given.attachment_id ?? volume.attachments[0]?.id
  const attachment = volume.attachments.find((each) => each.id === wanted)
  if (attachment === undefined) {
    throw invalidVolume(
      "Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.",
    )
  }
  if (!call.caller.roles.includes('service')) {
    throw conflict(
      `ConflictNovaUsingAttachment: Detach volume from instance ${attachment.server_id} using the Compute API`,
    )
  }
  detachVolume(call.world, volume, attachment.id)
  return accepted()
}

const resetStatus: Act = (call, volume, given) => {
  onlyAdmin(call, 'volume_extension:volume_admin_actions:reset_status')
  changeVolume(call.world, volume.id, {
    ...(given.status === undefined ? {} : { status: String(given.status) }),
    ...(given.attach_status === 'detached' ? { attachments: [] } : {}),
  })
  return accepted()
}

const actions: Readonly<Record<string, Act>> = {
  'os-extend': extend,
  'os-retype': retype,
  'os-volume_upload_image': upload,
  'os-detach': detach,
  'os-reset_status': resetStatus,
  'os-set_bootable': (call, volume, given) => {
    changeVolume(call.world, volume.id, { bootable: isTrue(given.bootable) })
    return nothing(200)
  },
  'os-update_readonly_flag': (call, volume, given) => {
    changeVolume(call.world, volume.id, { readonly: isTrue(given.readonly) })
    return accepted()
  },
  'os-set_image_metadata': (call, volume, given) => {
    const image_metadata = { ...volume.image_metadata, ...(given.metadata as Record<string, string>) }
    changeVolume(call.world, volume.id, { image_metadata })
    return answer({ metadata: image_metadata })
  },
  'os-unset_image_metadata': (call, volume, given) => {
    const { [String(given.key)]: _gone, ...image_metadata } = volume.image_metadata
    changeVolume(call.world, volume.id, { image_metadata })
    return nothing(200)
  },
  'os-force_delete': (call, volume) => {
    onlyAdmin(call, 'volume_extension:volume_admin_actions:force_delete')
    removeVolume(call.world, volume.id)
    return accepted()
  },
  'os-reserve': (call, volume) => {
    if (volume.status !== 'available')
      throw invalidVolume(`Volume status must be available to reserve, but the status is ${volume.status}.`)
    changeVolume(call.world, volume.id, { status: 'attaching' })
    return accepted()
  },
  'os-unreserve': (call, volume) => {
    if (volume.status === 'attaching') changeVolume(call.world, volume.id, { status: 'available' })
    return accepted()
  },
}

export const volumeActionRoutes: readonly Route[] = [
  route('POST /v3/:project/volumes/:id/action', (call) => {
    const [name, given] = Object.entries(isMap(call.body) ? call.body : {})[0] ?? ['', {}]
    const act = actions[name]
    if (act === undefined) {
      throw badRequest(
        `There is no such action: ${name}. Verify the request body and Content-Type header and try again.`,
      )
    }
    return act(call, volumeOf(call), isMap(given) ? given : {})
  }),
  route('GET /v3/:project/attachments', (call) =>
    answer({ attachments: attachmentsOf(call).map(({ brief }) => brief) }),
  ),
  route('GET /v3/:project/attachments/detail', (call) =>
    answer({ attachments: attachmentsOf(call).map(({ full }) => full) }),
  ),
  route('GET /v3/:project/attachments/:id', (call) => {
    const found = attachmentsOf(call).find(({ brief }) => brief.id === param(call))
    if (found === undefined) throw noSuch.volume(param(call))
    return answer({ attachment: found.full })
  }),
]

function attachmentsOf(call: Call) {
  const own = call.world
    .of(volumes)
    .filter((volume) => call.caller.admin || volume.project_id === call.caller.projectId)
  return own.flatMap((volume) =>
    volume.attachments.map((each) => {
      const brief = { id: each.id, status: 'attached', instance: each.server_id, volume_id: volume.id }
      return {
        brief,
        full: {
          ...brief,
          attached_at: each.attached_at,
          detached_at: '',
          attach_mode: 'rw',
          connection_info: { device: each.device },
        },
      }
    }),
  )
}

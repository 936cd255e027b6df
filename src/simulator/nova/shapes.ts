import type { Shape } from '../kit/check.ts'

/** Shapes of values that Nova's API has in many places. */
export const boolean: Shape = {
  type: ['boolean', 'string'],
  enum: [
    true,
    'True',
    'TRUE',
    'true',
    '1',
    'ON',
    'On',
    'on',
    'YES',
    'Yes',
    'yes',
    'y',
    't',
    false,
    'False',
    'FALSE',
    'false',
    '0',
    'OFF',
    'Off',
    'off',
    'NO',
    'No',
    'no',
    'n',
    'f',
  ],
}

export const name: Shape = { type: 'string', minLength: 1, maxLength: 255, format: 'name' }
const tag: Shape = { type: 'string', minLength: 1, maxLength: 60, pattern: '^[^,/]*$' }
const uuid: Shape = { type: 'string', format: 'uuid' }
export const metadata: Shape = {
  type: 'object',
  patternProperties: { '^[a-zA-Z0-9-_:. ]{1,255}$': { type: 'string', maxLength: 255 } },
  additionalProperties: false,
}
const count: Shape = { type: ['integer', 'string'], pattern: '^[0-9]*$', minimum: 1, minLength: 1 }
const description: Shape = { type: ['string', 'null'], maxLength: 255 }
const hostname: Shape = {
  type: 'string',
  minLength: 2,
  maxLength: 63,
  pattern: '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$',
}
const diskConfig: Shape = { type: 'string', enum: ['AUTO', 'MANUAL'] }
const address = (format: 'ipv4' | 'ipv6'): Shape => ({ type: 'string', anyOf: [{ format }, { enum: [''] }] })

const blockDevice = (version: number): Shape => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    virtual_name: { type: 'string', maxLength: 255 },
    volume_id: uuid,
    snapshot_id: uuid,
    image_id: uuid,
    volume_size: { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 1 },
    device_name: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-r/]*$' },
    delete_on_termination: boolean,
    no_device: {},
    connection_info: { type: 'string' },
    source_type: { type: 'string', enum: ['volume', 'image', 'snapshot', 'blank'] },
    uuid: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-]*$' },
    destination_type: { type: 'string', enum: ['local', 'volume'] },
    guest_format: { type: 'string', maxLength: 255 },
    device_type: { type: 'string', maxLength: 255 },
    disk_bus: { type: 'string', maxLength: 255 },
    boot_index: { type: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$' },
    ...(version === 32 || version >= 42 ? { tag } : {}),
    ...(version >= 67 ? { volume_type: { type: ['string', 'null'], maxLength: 255 } } : {}),
  },
})

const networks = (version: number): Shape => {
  const list: Shape = {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      properties: {
        fixed_ip: { type: 'string', format: 'ip' },
        port: { oneOf: [uuid, { type: 'null' }] },
        uuid: version >= 37 ? uuid : { type: 'string' },
        ...(version >= 32 && (version < 37 || version >= 42) ? { tag } : {}),
      },
    },
  }
  return version >= 37 ? { oneOf: [list, { type: 'string', enum: ['none', 'auto'] }] } : list
}

const later = (version: number, properties: Readonly<Record<string, readonly [number, Shape]>>) =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, [since, shape]]) => (version >= since ? [[name, shape]] : [])),
  )

/** What a body that creates a server may say, by microversion. */
export const serverToCreate = (version: number): Shape => ({
  type: 'object',
  required: ['server'],
  additionalProperties: false,
  properties: {
    'os:scheduler_hints': hints,
    'OS-SCH-HNT:scheduler_hints': hints,
    server: {
      type: 'object',
      required: ['name', 'flavorRef', ...(version >= 37 ? ['networks'] : [])],
      additionalProperties: false,
      properties: {
        name,
        imageRef: { oneOf: [uuid, { type: 'string', maxLength: 0 }] },
        flavorRef: { type: ['string', 'integer'], minLength: 1 },
        adminPass: { type: 'string' },
        metadata,
        networks: networks(version),
        'OS-DCF:diskConfig': diskConfig,
        accessIPv4: address('ipv4'),
        accessIPv6: address('ipv6'),
        availability_zone: name,
        block_device_mapping: { type: 'array', items: blockDevice(1) },
        block_device_mapping_v2: { type: 'array', items: blockDevice(version) },
        config_drive: boolean,
        key_name: name,
        min_count: count,
        max_count: count,
        return_reservation_id: boolean,
        security_groups: {
          type: 'array',
          items: { type: 'object', properties: { name }, additionalProperties: false },
        },
        user_data: { type: 'string', maxLength: 65535 },
        ...(version < 57 ? { personality: { type: 'array' } } : {}),
        ...later(version, {
          description: [19, description],
          tags: [52, { type: 'array', items: tag, maxItems: 50 }],
          trusted_image_certificates: [63, { type: ['array', 'null'] }],
          host: [74, { type: 'string' }],
          hypervisor_hostname: [74, { type: 'string' }],
          hostname: [90, hostname],
        }),
      },
    },
  },
})

const hints: Shape = {
  type: 'object',
  properties: { group: uuid },
}

/** What a body that changes a server may say. */
export const serverToUpdate = (version: number): Shape => ({
  type: 'object',
  required: ['server'],
  additionalProperties: false,
  properties: {
    server: {
      type: 'object',
      additionalProperties: false,
      properties: {
        name,
        'OS-DCF:diskConfig': diskConfig,
        accessIPv4: address('ipv4'),
        accessIPv6: address('ipv6'),
        ...later(version, { description: [19, description], hostname: [90, hostname] }),
      },
    },
  },
})

/** What a rebuild may say. */
export const rebuildShape = (version: number): Shape => ({
  type: 'object',
  required: ['rebuild'],
  properties: {
    rebuild: {
      type: 'object',
      required: ['imageRef'],
      additionalProperties: false,
      properties: {
        name,
        imageRef: uuid,
        adminPass: { type: 'string' },
        metadata,
        preserve_ephemeral: boolean,
        'OS-DCF:diskConfig': diskConfig,
        accessIPv4: address('ipv4'),
        accessIPv6: address('ipv6'),
        ...(version < 57 ? { personality: { type: 'array' } } : {}),
        ...later(version, {
          description: [19, description],
          key_name: [54, { type: ['string', 'null'] }],
          user_data: [57, { type: ['string', 'null'], maxLength: 65535 }],
          trusted_image_certificates: [63, { type: ['array', 'null'] }],
          hostname: [90, hostname],
        }),
      },
    },
  },
})

/** A body of one wrapped map: what an action or a small resource may say. */
export function wrapped(one: string, inner: Shape): Shape {
  return {
    type: 'object',
    required: [one],
    additionalProperties: false,
    properties: { [one]: { type: 'object', additionalProperties: false, ...inner } },
  }
}

export { tag, uuid }

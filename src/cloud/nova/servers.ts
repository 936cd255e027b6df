import { collection } from '../collection.ts'
import { isCloudError } from '../error.ts'
import type { Ask, Collection, Reply, Session } from '../service.ts'
import { type Attachments, attachments } from './attachments.ts'
import type { LiveServer, NewServer, Rebuilding } from './live.ts'
import { since, supports, types, versionForCreation, versionForRebuild } from './versions.ts'

/** What Nova does with servers. */
export interface Servers extends Collection<LiveServer>, Attachments {
  /** Starts making one. The answer holds little more than its ID. */
  create(server: NewServer): Promise<LiveServer>
  /** Deletes one that Nova keeps for a while after its deletion. */
  forceDelete(id: string): Promise<void>
  /** Makes this all the metadata it has. */
  setMetadata(id: string, metadata: Readonly<Record<string, string>>): Promise<void>
  tags(id: string): Promise<readonly string[]>
  /** Makes these all the tags it has. */
  setTags(id: string, tags: readonly string[]): Promise<void>
  resize(id: string, flavor: string): Promise<void>
  /** Keeps a resized server as it is now. Doing it again while Nova is at it is no error. */
  confirmResize(id: string): Promise<void>
  rebuild(id: string, how: Rebuilding): Promise<void>
  changePassword(id: string, password: string): Promise<void>
  addSecurityGroup(id: string, group: string): Promise<void>
  removeSecurityGroup(id: string, group: string): Promise<void>
  suspend(id: string): Promise<void>
  resume(id: string): Promise<void>
  /** Starts making an image of it and answers with the image's ID. */
  createImage(id: string, name: string, metadata?: Readonly<Record<string, string>>): Promise<string>
  /** Where its console can be seen: `novnc`, `serial`, … */
  consoleUrl(id: string, type: string): Promise<string>
}

export function servers(session: Session): Servers {
  function act(id: string, action: object, how: Partial<Ask> = {}): Promise<Reply> {
    const path = `/servers/${encodeURIComponent(id)}/action`
    return session.request({ service: types, method: 'POST', path, body: action, ...how })
  }

  return {
    ...tidiedServers(session),
    ...attachments(session),
    create: (server) => create(session, server),
    forceDelete: async (id) => void (await act(id, { forceDelete: null })),
    async setMetadata(id, metadata) {
      const path = `/servers/${encodeURIComponent(id)}/metadata`
      await session.request({ service: types, method: 'PUT', path, body: { metadata } })
    },
    async tags(id) {
      const path = `/servers/${encodeURIComponent(id)}/tags`
      const { body } = await session.request({
        service: types,
        method: 'GET',
        path,
        microversion: since.tags,
      })
      return (body as { tags: string[] }).tags
    },
    async setTags(id, tags) {
      const path = `/servers/${encodeURIComponent(id)}/tags`
      await session.request({ service: types, method: 'PUT', path, body: { tags }, microversion: since.tags })
    },
    resize: async (id, flavor) => void (await act(id, { resize: { flavorRef: flavor } })),
    async confirmResize(id) {
      try {
        await act(id, { confirmResize: null })
      } catch (error) {
        // Nova says this of a resize that is being confirmed already.
        if (!isCloudError(error, 'bad-request') && !isCloudError(error, 'conflict')) throw error
      }
    },
    async rebuild(id, how) {
      const microversion = versionForRebuild(how)
      await act(id, { rebuild: how }, { ...(microversion && { microversion }) })
    },
    changePassword: async (id, password) =>
      void (await act(id, { changePassword: { adminPass: password } }, { repeatable: true })),
    addSecurityGroup: async (id, group) => void (await act(id, { addSecurityGroup: { name: group } })),
    removeSecurityGroup: async (id, group) => void (await act(id, { removeSecurityGroup: { name: group } })),
    suspend: async (id) => void (await act(id, { suspend: null })),
    resume: async (id) => void (await act(id, { resume: null })),
    async createImage(id, name, metadata = {}) {
      const inBody = await supports(session, since.imageIdInBody)
      const reply = await act(
        id,
        { createImage: { name, metadata } },
        inBody ? { microversion: since.imageIdInBody } : {},
      )
      if (inBody) return (reply.body as { image_id: string }).image_id
      return String(reply.headers.location).split('/').at(-1) ?? ''
    },
    consoleUrl: (id, type) => consoleUrl(session, id, type),
  }
}

function tidiedServers(session: Session): Collection<LiveServer> {
  const usual = collection<LiveServer>(session, {
    service: types,
    path: '/servers',
    listPath: '/servers/detail',
    one: 'server',
    many: 'servers',
    some: 'newest',
  })
  return {
    ...usual,
    get: async (id) => tidied(await usual.get(id)),
    /** Nova takes a name for a regular expression that may match anywhere. */
    async list({ name, ...query } = {}) {
      const pattern = name === undefined ? {} : { name: `^${escaped(String(name))}$` }
      const found = await usual.list({ ...query, ...pattern })
      return found.filter((server) => name === undefined || server.name === name).map(tidied)
    },
    some: async (ids) => ((await usual.some?.(ids)) ?? []).map(tidied),
  }
}

async function create(session: Session, { hints, ...server }: NewServer): Promise<LiveServer> {
  const microversion = versionForCreation(server)
  // From this microversion on Nova wants to be told of networks; before, it takes the one there is.
  const networks = server.networks ?? (microversion !== undefined ? 'auto' : undefined)
  const { body } = await session.request({
    service: types,
    method: 'POST',
    path: '/servers',
    body: {
      server: { ...server, ...(networks !== undefined && { networks }) },
      ...(hints && Object.keys(hints).length > 0 && { 'os:scheduler_hints': hints }),
    },
    ...(microversion && { microversion }),
  })
  return (body as { server: LiveServer }).server
}

/** Some clouds add words of their own to a status, in parentheses. */
function tidied(server: LiveServer): LiveServer {
  const status = server.status.split('(')[0]?.trim() as LiveServer['status']
  return status === server.status ? server : { ...server, status }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Each type of console has a protocol. */
const protocols: Readonly<Record<string, string>> = {
  novnc: 'vnc',
  xvpvnc: 'vnc',
  'spice-html5': 'spice',
  'rdp-html5': 'rdp',
  serial: 'serial',
  webmks: 'mks',
}

/** The types of console that Nova may offer. */
export const consoleTypes: readonly string[] = Object.keys(protocols)

async function consoleUrl(session: Session, id: string, type: string): Promise<string> {
  const { body } = await session.request({
    service: types,
    method: 'POST',
    path: `/servers/${encodeURIComponent(id)}/remote-consoles`,
    body: { remote_console: { protocol: protocols[type] ?? type, type } },
    microversion: type === 'webmks' ? '2.8' : since.remoteConsoles,
    repeatable: true,
  })
  return (body as { remote_console: { url: string } }).remote_console.url
}

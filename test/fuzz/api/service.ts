import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../../src/base/log.ts'
import { startUp } from '../../../src/bin/up.ts'
import type { Request } from './requests.ts'

/** A whole service on embedded defaults, in front of a simulated cloud. */
export interface Service {
  readonly projectId: string
  send(request: Request): Promise<Answer>
  /** What the log said since it was last asked, at the level of errors. */
  complaints(): readonly string[]
  close(): Promise<void>
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly mediaType: string | undefined
  readonly text: string
  /** The path and query as they were sent. */
  readonly url: string
}

const longestMs = 10_000

export async function startService(): Promise<Service> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'hearth-fuzz-'))
  const complaints: string[] = []
  const quiet = () => {}
  const log: Log = {
    ...{ debug: quiet, info: quiet, warn: quiet },
    error: (fields, message) => void complaints.push(`${message} ${JSON.stringify(fields)}`),
  }
  const configFile = join(stateDirectory, 'hearth.conf')
  writeFileSync(configFile, '[DEFAULT]\nenable_stack_abandon = true\nenable_stack_adopt = true\n')
  const up = await startUp({ stateDirectory, configFile, register: false, port: 0 }, log)
  const password = readFileSync(join(stateDirectory, 'password'), 'utf8').trim()
  const tokenOf = (name: string) => authenticate(up.variables.OS_AUTH_URL ?? '', { name, password })
  const [member, admin] = [await tokenOf('demo'), await tokenOf('admin')]
  const tokens = { member: member.token, admin: admin.token, forger: 'forged', nobody: undefined }
  const root = up.endpoint.replace(/\/v1$/, '')
  return {
    projectId: member.projectId,
    async send({ method, path, who, body, contentType }) {
      const url = new URL(root + path)
      const headers = {
        ...(tokens[who] !== undefined && { 'x-auth-token': tokens[who] }),
        ...(contentType !== undefined && { 'content-type': contentType }),
      }
      const takesBody = body !== undefined && method !== 'GET' && method !== 'HEAD'
      const response = await fetch(url, {
        ...{ method, headers, redirect: 'manual', signal: AbortSignal.timeout(longestMs) },
        ...(takesBody && { body }),
      })
      const mediaType = response.headers.get('content-type') ?? undefined
      return {
        status: response.status,
        mediaType,
        text: await response.text(),
        url: url.pathname + url.search,
      }
    },
    complaints: () => complaints.splice(0),
    async close() {
      await up.close()
      rmSync(stateDirectory, { recursive: true, force: true })
    },
  }
}

async function authenticate(authUrl: string, { name, password }: { name: string; password: string }) {
  const domain = { name: 'Default' }
  const user = { name, password, domain }
  const scope = { project: { name, domain } }
  const response = await fetch(`${authUrl}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
  })
  const { token } = (await response.json()) as {
    readonly token: { readonly project: { readonly id: string } }
  }
  return { token: response.headers.get('x-subject-token') ?? '', projectId: token.project.id }
}

import { endpoint } from '../endpoint.ts'
import type { BuildInfoReply, ServicesReply, VersionsReply } from './replies.ts'

export const listVersions = endpoint<VersionsReply>()('GET /', {
  summary: 'Lists the versions of this API.',
  policy: null,
  status: 300,
})

export const healthcheck = endpoint<string>()('GET /healthcheck', {
  summary: 'Says OK while the process answers.',
  policy: null,
})

export const buildInfo = endpoint<BuildInfoReply>()('GET /v1/{project_id}/build_info', {
  summary: 'Says which revision is running.',
  policy: 'build_info:build_info',
})

export const listServices = endpoint<ServicesReply>()('GET /v1/{project_id}/services', {
  summary: 'Lists the engines, and whether they are alive.',
  policy: 'service:index',
})

import { endpoint } from '../endpoint.ts'
import { document, plainText } from '../reply.ts'
import * as replies from './replies/service.ts'

export const listVersions = endpoint('GET /', {
  summary: 'Lists the versions of this API.',
  policy: null,
  status: 300,
  reply: replies.versions,
})

export const healthcheck = endpoint('GET /healthcheck', {
  summary: 'Says OK while the process answers.',
  policy: null,
  reply: plainText('The process answers.', 'OK'),
  also: { 503: plainText('The process is about to end.', 'The service is stopping.') },
})

export const showDocument = endpoint('GET /openapi.json', {
  summary: 'Describes this API, in OpenAPI 3.1.',
  policy: null,
  reply: document('The document that you are reading.', { openapi: '3.1.1' }),
})

export const buildInfo = endpoint('GET /v1/{project_id}/build_info', {
  summary: 'Says which revision is running.',
  policy: 'build_info:build_info',
  reply: replies.buildInfo,
})

export const listServices = endpoint('GET /v1/{project_id}/services', {
  summary: 'Lists the engines, and whether they are alive.',
  policy: 'service:index',
  reply: replies.services,
})

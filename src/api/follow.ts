import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Meter } from '../base/metrics.ts'
import { isRequestId, isTraceparent, type Tracer } from '../base/tracing.ts'

/** Has everything that is done for a request known to be done for it, here and in other processes. */
export function follow(tracer: Tracer, request: FastifyRequest, reply: FastifyReply, go: () => void): void {
  const { traceparent } = request.headers
  const requestId = globalId(request) ?? request.id
  const of = { requestId, ...(isTraceparent(traceparent) && { traceparent }) }
  const facts = {
    'http.request.method': request.method,
    'http.route': routeOf(request),
    'openstack.request_id': request.id,
    'openstack.global_request_id': globalId(request),
  }
  void tracer.span(`${request.method} ${routeOf(request)}`, { as: 'server', of, facts }, async (note) => {
    const over = new Promise((resolve) => reply.raw.once('close', resolve))
    go()
    await over
    note({ 'http.response.status_code': reply.statusCode })
  })
}

/** Measures a request that was answered. */
export function measure(meter: Meter, request: FastifyRequest, reply: FastifyReply): void {
  const labels = {
    method: request.routeOptions.url === undefined ? '-' : request.method,
    route: routeOf(request),
    status: `${Math.floor(reply.statusCode / 100)}xx`,
  }
  meter.observe('hearth_api_request_seconds', labels, reply.elapsedTime / 1000)
}

/** The ID under which another service of OpenStack already follows what this request is part of. */
export function globalId({ headers }: FastifyRequest): string | undefined {
  const said = headers['x-openstack-request-id']
  return isRequestId(said) ? said : undefined
}

const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? '-'

import { messageOf } from '../../base/problem.ts'
import { type BrokerFacts, examineBrokers } from '../../bus/index.ts'
import type { Finding } from '../../cli/index.ts'
import { error, ok, warning } from './finding.ts'

const check = 'message broker'

/** Looks whether processes can talk to each other over the brokers. */
export async function checkBroker(transportUrl: string): Promise<readonly Finding[]> {
  try {
    const brokers = await examineBrokers(transportUrl)
    if (brokers.length === 0)
      return [ok(check, 'None: all is one process (`hearth up`). `hearth api` and `hearth engine` need one.')]
    return brokers.flatMap(findingsOf)
  } catch (thrown) {
    return [error(check, messageOf(thrown), 'Correct [DEFAULT] transport_url.')]
  }
}

function findingsOf({ where, trouble, product, withoutQuorum }: BrokerFacts): readonly Finding[] {
  if (trouble !== undefined) return [error(check, `${where}: ${trouble}`, adviceFor(trouble))]
  const found = ok(check, `${where}: ${product}`)
  if (withoutQuorum === undefined) return [found]
  return [
    found,
    warning(
      check,
      `${where} has no quorum queues: ${withoutQuorum}`,
      'Use RabbitMQ 3.8 or newer, and let the user make durable queues, so that queues survive the loss of a node.',
    ),
  ]
}

function adviceFor(trouble: string): string {
  if (/ACCESS.REFUSED.*(login|credentials)|403.*login|PLAIN/is.test(trouble))
    return 'Correct user and password in [DEFAULT] transport_url: rabbitmqctl authenticate_user <user> <password> tries them.'
  if (/ACCESS.REFUSED|access to/is.test(trouble))
    return 'Let the user configure, write and read what begins with `hearth.` and `amq.gen`: rabbitmqctl set_permissions.'
  if (/NOT.ALLOWED|vhost/is.test(trouble))
    return 'Correct the virtual host at the end of [DEFAULT] transport_url, and let the user into it.'
  return 'Check that RabbitMQ runs there, and host and port in [DEFAULT] transport_url.'
}

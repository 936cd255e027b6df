import { nova } from '../../cloud/nova/index.ts'
import { physicalName, resource } from '../../plugin/index.ts'
import { list, number, object, string } from '../../schema/index.ts'
import { newNamesakes, noteNamesakes } from './namesakes.ts'

/** A server group: which of its servers may or should share a host. */
export const ServerGroup = resource('OS::Nova::ServerGroup', {
  summary: 'A rule about which servers may or should share a host. Servers join it by a scheduler hint.',
  since: '2014.2',
  uses: { nova },
  lives: nova.collection('serverGroups'),

  properties: {
    name: string('The name of the group.', { default: physicalName }),
    policies: list(string('A policy.'), 'The one policy of the group; soft ones are wishes.', {
      default: ['anti-affinity'],
      oneOf: ['anti-affinity', 'affinity', 'soft-anti-affinity', 'soft-affinity'],
    }),
    rules: object(
      { max_server_per_host: number('How many servers of an anti-affinity group may share a host.') },
      'What more is to be said of the policy.',
      { since: '17.0.0', live: false },
    ),
  },

  attributes: {},

  async verify({ nova, props: { policies, rules } }) {
    if (policies.some((policy) => policy.startsWith('soft-')) && !(await nova.can('softAffinity'))) {
      throw new Error('Required microversion for soft policies not supported.')
    }
    if (rules !== undefined && Object.keys(rules).length > 0 && !(await nova.can('groupRules'))) {
      throw new Error('Required microversion for rules not supported.')
    }
  },

  async create(context) {
    const { nova, props } = context
    const { name, policies, rules } = props
    await noteNamesakes(context, nova.serverGroups)
    return nova.serverGroups.create({
      name,
      policy: policies[0] ?? 'anti-affinity',
      ...(rules && Object.keys(rules).length > 0 && { rules }),
    })
  },

  find: (context) => newNamesakes(context, context.nova.serverGroups),
})

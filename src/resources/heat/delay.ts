import { resource } from '../../plugin/index.ts'
import { anyList, number } from '../../schema/index.ts'

/** Time passing: what depends on it waits. */
export const Delay = resource('OS::Heat::Delay', {
  summary: 'Takes some time, so that what depends on it begins later.',
  since: '11.0.0',
  uses: {},
  inert: true,
  properties: {
    min_wait: number('The least time that it takes, in seconds.', {
      default: 0,
      updatable: true,
      range: { min: 0 },
    }),
    max_jitter: number('The most that chance adds to it, before it is multiplied.', {
      default: 0,
      updatable: true,
      range: { min: 0 },
    }),
    jitter_multiplier: number('How many seconds one unit of chance is.', {
      default: 1,
      updatable: true,
      range: { min: 0 },
    }),
    actions: anyList('The actions that take the time.', {
      default: ['CREATE'],
      oneOf: ['CREATE', 'DELETE', 'SUSPEND', 'RESUME'],
      updatable: true,
    }),
  },
  attributes: {},
  create: async ({ self }) => ({ id: self.physicalName }),
  takes: ({ props: { min_wait, max_jitter, jitter_multiplier, actions }, action }) =>
    actions.includes(action) ? min_wait + Math.random() * max_jitter * jitter_multiplier : 0,
})

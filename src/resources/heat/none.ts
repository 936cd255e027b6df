import { resource } from '../../plugin/index.ts'

/** A resource that does nothing: whatever it is asked, it accepts, and all it answers is null. */
export const None = resource('OS::Heat::None', {
  summary: 'A resource that does nothing: it accepts any properties, and any attribute of it is null.',
  since: '5.0.0',
  uses: {},
  open: true,
  properties: {},
  attributes: {},
})

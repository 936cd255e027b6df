import type { SoftwareConfigs } from '../../plugin/index.ts'
import { string } from '../../schema/index.ts'

interface Kept {
  readonly configs: SoftwareConfigs
  readonly id: string
}

/** What all types have in common whose object is a software config. Another one is another object: none is ever changed. */
export const keeping = {
  uses: {},
  attributes: { config: string('What the software config says.', { secret: true }) },
  delete: ({ configs }: Pick<Kept, 'configs'>) => configs.forget(),
  abandon: ({ configs }: Pick<Kept, 'configs'>) => configs.forget(),
  async check({ configs, id }: Kept) {
    if ((await configs.of(id)) === undefined) throw new Error(`Software config with id ${id} not found`)
  },
  show: ({ configs, id }: Kept) => configs.shown(id),
  compute: {
    /** Of some types it is no text. */
    config: async ({ configs, id }: Kept) => ((await configs.of(id))?.config ?? null) as string | null,
  },
} as const

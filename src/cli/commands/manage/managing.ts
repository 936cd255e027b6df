import type { Context } from '../../kit/context.ts'
import { text } from '../../kit/options.ts'
import type { Management, ManageOptions } from '../../parts.ts'
import type { Output } from '../../render/output.ts'

/** Where the settings are; without it, the usual file, or the state directory of `hearth up`. */
export const configFile = text(
  '--config-file <file>',
  'a file with the settings, such as /etc/heat/heat.conf; commas between several',
)

type Options = { readonly configFile: string | undefined }

/** What the program is told of where the service is. */
export const placeOf = (context: Context, { configFile }: Options): ManageOptions => ({
  stateDirectory: context.stateDirectory(),
  ...(configFile !== undefined && { configFile }),
})

/** Does something to the database, and lets go of it. */
export async function managing(
  context: Context,
  options: Options,
  work: (management: Management) => Promise<Output>,
): Promise<Output> {
  const management = await context.parts.manage(placeOf(context, options))
  try {
    return await work(management)
  } finally {
    await management.close()
  }
}

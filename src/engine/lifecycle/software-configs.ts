import { isoSeconds } from '../../base/clock.ts'
import type { Json, JsonMap } from '../../base/json.ts'
import { SoftwareConfigInUse } from '../../contract/problems.ts'
import { type AnyType, physicalNameOf, type SoftwareConfigs } from '../../plugin/index.ts'
import { keepSoftwareConfig } from '../software-configs.ts'
import type { Hold } from './site.ts'

/**
 * The software configs of a stack's project, as a type's handlers ask for them. A resource's own has the ID of its row, so that a
 * crash in between makes no second one.
 */
export function softwareConfigsFor(type: AnyType, { site, row }: Hold): SoftwareConfigs {
  const { parts, stack } = site
  const { projectId } = stack
  const { store } = parts
  const own = row.physicalId ?? row.id

  async function ofProject(id: string) {
    const [found] = await store.softwareConfigs([id])
    return found?.projectId === projectId ? found : undefined
  }

  return {
    async keep({ group, config, inputs = [], outputs = [], options = {} }) {
      if ((await ofProject(own)) === undefined) {
        const limit = type.is === 'resource' ? type.nameLimit : undefined
        const name = physicalNameOf(stack.name, row.name, row.id, limit)
        await keepSoftwareConfig(parts, {
          ...{ id: own, projectId, name, inputs, outputs },
          ...{ group: group ?? null, config: config as Json, options: options as JsonMap },
        })
      }
      return { id: own }
    },
    async of(id) {
      const found = await ofProject(id)
      return found && { group: found.group, ...found.content }
    },
    async shown(id) {
      const found = await ofProject(id)
      if (found === undefined) return undefined
      const { name, group, createdAt, content } = found
      return { id, name, group, creation_time: isoSeconds(createdAt), ...content }
    },
    async forget() {
      if ((await ofProject(own)) === undefined) return
      if (!(await store.dropSoftwareConfig(own))) throw SoftwareConfigInUse({ config: own })
    },
  }
}

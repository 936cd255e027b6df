import { shortId } from '../base/ids.ts'

/** As a property's default: the resource's physical name, put in by the engine. */
export const physicalName = Object.freeze({ toJSON: () => null }) as unknown as string

/**
 * A name no other object has, which leads back to the resource: stack name, resource name and twelve characters of its
 * UUID. One that is too long keeps its first two characters and its end.
 */
export function physicalNameOf(stackName: string, resourceName: string, uuid: string, limit = 255): string {
  const name = `${stackName.replace(/\*$/, '')}-${resourceName}-${shortId(uuid)}`
  return name.length <= limit ? name : `${name.slice(0, 2)}-${name.slice(name.length - (limit - 3))}`
}

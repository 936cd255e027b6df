import type { AnyType } from '../../plugin/index.ts'
import { WebImage } from './web-image.ts'

/** The resource types of Glance. */
export const types: readonly AnyType[] = [WebImage]

import type { AnyType } from '../../plugin/index.ts'
import { Volume } from './volume/index.ts'
import { VolumeAttachment } from './volume-attachment.ts'

/** The resource types of Cinder. */
export const types: readonly AnyType[] = [Volume, VolumeAttachment]

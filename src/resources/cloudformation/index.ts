import type { AnyType } from '../../plugin/index.ts'
import { Stack } from './stack.ts'

/** The types that templates of CloudFormation bring with them. */
export const types: readonly AnyType[] = [Stack]

import type { JsonMap } from '../../base/json.ts'
import { isMap } from '../../base/json.ts'

/** How large template data may be. */
export interface Limits {
  /** Characters, written out. */
  readonly size: number
  readonly nodes: number
  readonly depth: number
}

/** What the data broke, if anything. */
export type Excess = 'size' | 'nodes' | 'depth' | 'kind'

/** How long data is written out, about as Heat counts it, or which limit it breaks. It gives up as soon as it knows. */
export function measure(data: JsonMap, limits: Limits): number | Excess {
  const count = { size: 0, nodes: 0 }
  return weigh(data, limits.depth, { limits, count }) ?? count.size
}

interface Scales {
  readonly limits: Limits
  readonly count: { size: number; nodes: number }
}

function weigh(value: unknown, depthLeft: number, scales: Scales): Excess | undefined {
  const { limits, count } = scales
  count.nodes++
  count.size += 2
  if (count.nodes > limits.nodes) return 'nodes'
  if (typeof value === 'string') count.size += value.length + 2
  else if (typeof value === 'object' && value !== null) return weighInside(value, depthLeft, scales)
  else if (typeof value === 'number' || typeof value === 'boolean' || value === null) count.size += 4
  else return 'kind'
  return count.size > limits.size ? 'size' : undefined
}

function weighInside(value: object, depthLeft: number, scales: Scales): Excess | undefined {
  if (depthLeft === 0) return 'depth'
  if (Array.isArray(value)) {
    for (const item of value) {
      const excess = weigh(item, depthLeft - 1, scales)
      if (excess !== undefined) return excess
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      scales.count.size += key.length + 4
      const excess = weigh(value[key], depthLeft - 1, scales)
      if (excess !== undefined) return excess
    }
  }
  return scales.count.size > scales.limits.size ? 'size' : undefined
}

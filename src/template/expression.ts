import type { Json } from '../base/json.ts'
import type { TemplateFunction } from './function.ts'
import type { TemplatePath } from './problem.ts'

/** A parsed template value: what the author wrote, with its function calls found but not yet run. */
export type Expression =
  /** No call anywhere inside. */
  | { readonly is: 'data'; readonly value: Json }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'map'; readonly entries: readonly (readonly [key: string, value: Expression])[] }
  | Call

export interface Call {
  readonly is: 'call'
  readonly does: TemplateFunction
  readonly args: Expression
  /** Where the call stands in its template, its own name included. */
  readonly path: TemplatePath
  /** It is part of a condition. */
  readonly decides?: true
}

/** The items of a list as it was written, calls inside or not; `undefined` when it is no list. */
export function itemsOf(expression: Expression): readonly Expression[] | undefined {
  if (expression.is === 'list') return expression.items
  if (expression.is !== 'data' || !Array.isArray(expression.value)) return undefined
  return expression.value.map((value: Json) => ({ is: 'data', value }))
}

/** The keys and values of a map as it was written; `undefined` when it is no map. */
export function entriesOf(expression: Expression): ReadonlyMap<string, Expression> | undefined {
  if (expression.is === 'map') return new Map(expression.entries)
  if (expression.is !== 'data') return undefined
  const { value } = expression
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return new Map(
    Object.entries(value as Record<string, Json>).map(([key, item]) => [key, { is: 'data', value: item }]),
  )
}

/** Whether an expression is written as a list or a map, whatever is in it; a call may give anything. */
export function isCompound(expression: Expression | undefined): boolean {
  const value = expression?.is === 'data' ? expression.value : null
  return (
    expression?.is === 'list' || expression?.is === 'map' || (typeof value === 'object' && value !== null)
  )
}

/** The value of an expression without calls; `undefined` for one with calls. */
export function dataOf(expression: Expression | undefined): Json | undefined {
  return expression?.is === 'data' ? expression.value : undefined
}

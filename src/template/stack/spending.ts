/** How large the properties of a stack's resources are, in bytes, each as it was last worked out. */
export interface Spending {
  readonly byResource: Map<string, number>
  total: number
}

/** More than this together is refused: an engine holds the properties of all resources of a stack in memory. */
const mostOfStack = 256_000_000

export const noSpending = (): Spending => ({ byResource: new Map(), total: 0 })

/** Counts what was spent on a resource's properties, in bytes; the words for why that is too much, if it is. */
export function spend(spending: Spending, resource: string, spent: number): string | undefined {
  spending.total += spent - (spending.byResource.get(resource) ?? 0)
  spending.byResource.set(resource, spent)
  if (spending.total <= mostOfStack) return undefined
  return `Property error: resources.${resource}: the properties of all resources are larger than ${mostOfStack} bytes`
}

/** The child stack of a nested resource, as its attributes see it. */
export interface Child {
  readonly id: string
  readonly arn: string
  /** Throws a `TemplateOutputError` where the output fails. */
  output(name: string): unknown
  /** The same with something to stand in for it where it fails. */
  outputOr(name: string, otherwise: unknown): unknown
  outputNames(): readonly string[]
  /** Its resources in the order of the template. */
  members(): readonly string[]
  reference(member: string): string | undefined
  attribute(member: string, path: readonly (string | number)[]): Promise<unknown>
}

import type { Field, Shape } from './field.ts'

/** A property or parameter as `GET /resource_types/{type}` shows it. */
export interface FieldView {
  readonly type: string
  readonly description?: string
  readonly default?: unknown
  readonly required: boolean
  readonly update_allowed: boolean
  readonly immutable: boolean
  readonly constraints?: readonly object[]
  readonly schema?: Readonly<Record<string, FieldView>>
}

/** Every visible field of a shape as the API shows it; hidden and unimplemented ones are left out. */
export function describe(shape: Shape): Record<string, FieldView> {
  const visible = Object.entries(shape).filter(
    ([, { options }]) => options.support !== 'HIDDEN' && options.implemented !== false,
  )
  return Object.fromEntries(visible.map(([name, field]) => [name, describeField(field)]))
}

export function describeField(field: Field): FieldView {
  const { options } = field
  const constraints = constraintsOf(field)
  const inside = field.item ? { '*': describeField(field.item) } : field.fields && describe(field.fields)
  return {
    type: field.kind,
    ...(field.description && { description: field.description }),
    ...('default' in options && typeof options.default !== 'function' && { default: options.default }),
    required: options.required === true,
    update_allowed: options.updatable === true,
    immutable: options.immutable === true,
    ...(constraints.length > 0 && { constraints }),
    ...(inside && { schema: inside }),
  }
}

/** A field's constraints in Heat's notation. */
export function constraintsOf({ options }: Field): readonly object[] {
  const { range, length, modulo, oneOf, pattern, format, finds, constraintDescription } = options
  const found = [
    range && { range },
    length && { length },
    modulo && { modulo },
    oneOf && { allowed_values: oneOf },
    pattern !== undefined && { allowed_pattern: pattern },
    format !== undefined && { custom_constraint: format },
    finds && { custom_constraint: finds.name },
  ].filter((constraint) => typeof constraint === 'object')
  return constraintDescription ? found.map((one) => ({ ...one, description: constraintDescription })) : found
}

import { valueError, YaqlError } from './problem.ts'

/** A number: bigints are integers, numbers are floating point. */
export type Numeric = bigint | number

const mostDigits = 4300

/** An integer of decimal digits, as long as the original reads them. */
export function integerFrom(digits: string): bigint {
  if (digits.length > mostDigits + 1)
    throw valueError(
      `Exceeds the limit (${mostDigits} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    )
  return BigInt(digits)
}

/** A number in floating point. */
export function floatOf(value: Numeric): number {
  const float = Number(value)
  if (typeof value === 'bigint' && !Number.isFinite(float))
    throw new YaqlError('OverflowError', 'int too large to convert to float')
  return float
}

/** Works on integers as such, on others in floating point. */
export function calculated(
  left: Numeric,
  right: Numeric,
  ways: {
    readonly integers: (left: bigint, right: bigint) => Numeric
    readonly floats: (left: number, right: number) => number
  },
): Numeric {
  return typeof left === 'bigint' && typeof right === 'bigint'
    ? ways.integers(left, right)
    : ways.floats(floatOf(left), floatOf(right))
}

/** Divides integers downwards, as floating point otherwise. */
export function quotient(left: Numeric, right: Numeric): Numeric {
  return calculated(left, right, {
    integers: (a, b) => flooredQuotient(a, nonZero(b, 'integer division or modulo by zero')),
    floats: (a, b) => a / nonZero(b, 'float division by zero'),
  })
}

/** What is left of a division; it has the sign of the divisor. */
export function remainder(left: Numeric, right: Numeric): Numeric {
  return calculated(left, right, {
    integers: (a, b) => a - flooredQuotient(a, nonZero(b, 'integer modulo by zero')) * b,
    floats(a, b) {
      const rest = a % nonZero(b, 'float modulo')
      return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
    },
  })
}

export function flooredQuotient(left: bigint, right: bigint): bigint {
  const truncated = left / right
  return truncated * right !== left && left < 0n !== right < 0n ? truncated - 1n : truncated
}

function nonZero<N extends Numeric>(divisor: N, message: string): N {
  if (Number(divisor) === 0) throw new YaqlError('ZeroDivisionError', message)
  return divisor
}

/** A number in floating point as it reads: `2.0`, `1e-05`, `1e+16`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  if (Object.is(value, -0)) return '-0.0'
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (value !== 0 && (power < -4 || power >= 16))
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const plain = power < 0 ? value.toFixed(digits.replace(/[^\d]/g, '').length - 1 - power) : value.toString()
  return plain.includes('.') ? plain : `${plain}.0`
}

/** An integer in decimal digits, as many as the original writes. */
export function integerText(value: bigint): string {
  const text = value.toString()
  if (text.length > mostDigits + 1)
    throw valueError(
      `Exceeds the limit (${mostDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    )
  return text
}

/**
 * A number to so many digits behind the point, or before it where `digits` is negative; what lies half-way goes to the even
 * neighbour. It is worked out on the exact value: 2.675 lies below 2.675.
 */
export function rounded(value: Numeric, digits: bigint): Numeric {
  if (typeof value === 'bigint') {
    if (digits >= 0n) return value
    if (-digits > BigInt(mostDigits)) return 0n
    const unit = 10n ** -digits
    return halfToEven(value, unit) * unit
  }
  if (!Number.isFinite(value) || digits > 323n) return value
  if (digits < -308n) return 0 * value
  const [numerator, denominator] = fraction(value)
  const scale = 10n ** (digits < 0n ? -digits : digits)
  const whole =
    digits < 0n
      ? halfToEven(numerator, denominator * scale) * scale
      : halfToEven(numerator * scale, denominator)
  const result = digits < 0n ? Number(whole) : Number(`${whole}e-${digits}`)
  return value < 0 && result === 0 ? -0 : result
}

function halfToEven(numerator: bigint, denominator: bigint): bigint {
  const floor = flooredQuotient(numerator, denominator)
  const twice = (numerator - floor * denominator) * 2n
  return twice > denominator || (twice === denominator && floor % 2n !== 0n) ? floor + 1n : floor
}

/** A finite number as the fraction that it is. */
function fraction(value: number): readonly [numerator: bigint, denominator: bigint] {
  let [numerator, denominator] = [value, 1n]
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    denominator *= 2n
  }
  return [BigInt(numerator), denominator]
}

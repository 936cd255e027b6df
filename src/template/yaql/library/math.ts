import { ask, type Definition, define } from '../definition.ts'
import { any, integer, nullable, number, optional } from '../kinds.ts'
import {
  calculated,
  floatOf,
  flooredQuotient,
  integerFrom,
  type Numeric,
  quotient,
  remainder,
  rounded,
} from '../numbers.ts'
import { typeError, valueError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { bitsOf } from '../size.ts'
import { quoted } from '../text.ts'
import { isInteger, isNumber, isTrue, kindOf, type Value } from '../values.ts'

/** Numbers: integers of any size, and floating point. */
export const math: readonly Definition[] = [
  arithmetic('+', 'The sum.', ['1 + 2', '3'], (left, right) =>
    calculated(left, right, { integers: (a, b) => a + b, floats: (a, b) => a + b }),
  ),
  arithmetic('-', 'The difference.', ['1 - 2', '-1'], (left, right) =>
    calculated(left, right, { integers: (a, b) => a - b, floats: (a, b) => a - b }),
  ),
  arithmetic('*', 'The product.', ['2 * 1.5', '3'], (left, right) =>
    calculated(left, right, { integers: (a, b) => a * b, floats: (a, b) => a * b }),
  ),
  arithmetic('/', 'The quotient; of integers the integer below it.', ['-7 / 2', '-4'], quotient),
  arithmetic('mod', 'What a division leaves; it has the sign of the divisor.', ['-7 mod 3', '2'], remainder),
  define('#unary_operator_+', {
    says: 'The number itself.',
    takes: { op: number },
    example: ['+1', '1'],
    gives: ({ op }) => op,
  }),
  define('#unary_operator_-', {
    says: 'The negative number.',
    takes: { op: number },
    example: ['-(1)', '-1'],
    gives: ({ op }) => -op,
  }),
  define('abs', {
    says: 'The number without its sign.',
    takes: { op: number },
    example: ['abs(-3)', '3'],
    gives: ({ op }) => (op < 0 ? -op : op),
  }),
  define('int', {
    says: 'An integer: of a number what stands before the point, of a text what it says, 0 of null.',
    takes: { value: any },
    example: ["int('42') + int(2.9)", '44'],
    gives: ({ value }) => integerOf(value),
  }),
  define('float', {
    says: 'A number in floating point, also of a text; 0.0 of null.',
    takes: { value: any },
    example: ["float('2.5')", '2.5'],
    gives: ({ value }) => floatFrom(value),
  }),
  define('random', {
    says: 'Refused: an expression must give the same whenever it is evaluated.',
    takes: {},
    gives: () => refused('random()'),
  }),
  define('random', {
    says: 'Refused: an expression must give the same whenever it is evaluated.',
    takes: { from: any, to: any },
    gives: () => refused('random()'),
  }),
  bitwise('bitwiseAnd', 'The bits that are set in both integers.', 'bitwiseAnd(6, 3)', (a, b) => a & b),
  bitwise('bitwiseOr', 'The bits that are set in either integer.', 'bitwiseOr(6, 3)', (a, b) => a | b),
  bitwise('bitwiseXor', 'The bits that are set in one of two integers.', 'bitwiseXor(6, 3)', (a, b) => a ^ b),
  define('bitwiseNot', {
    says: 'All bits the other way.',
    takes: { arg: integer },
    example: ['bitwiseNot(6)', '-7'],
    gives: ({ arg }) => ~arg,
  }),
  define('shiftBitsRight', {
    says: 'An integer with its bits so many places to the right.',
    takes: { value: integer, bitsNumber: integer },
    example: ['shiftBitsRight(8, 2)', '2'],
    gives({ value, bitsNumber }) {
      if (bitsNumber < 0n) throw valueError('negative shift count')
      return value >> bitsNumber
    },
  }),
  define('shiftBitsLeft', {
    says: 'An integer with its bits so many places to the left.',
    takes: { value: integer, bitsNumber: integer },
    example: ['shiftBitsLeft(1, 4)', '16'],
    gives({ value, bitsNumber }, { run }) {
      if (bitsNumber < 0n) throw valueError('negative shift count')
      if (value === 0n) return 0n
      weighBits(bitsOf(value) + Number(bitsNumber), run)
      return value << bitsNumber
    },
  }),
  define('max', {
    says: 'The larger of two values.',
    takes: { a: any, b: any },
    example: ['max(1, 2)', '2'],
    gives: ({ a, b }, call) => (isTrue(ask('#operator_>', [b, a], call)) ? b : a),
  }),
  define('min', {
    says: 'The smaller of two values.',
    takes: { a: any, b: any },
    example: ['min(1, 2)', '1'],
    gives: ({ a, b }, call) => (isTrue(ask('#operator_>', [b, a], call)) ? a : b),
  }),
  define('pow', {
    says: 'A number to the power of another, modulo a third if there is one.',
    takes: { a: number, b: number, c: optional(nullable(number), null) },
    example: ['pow(2, 10)', '1024'],
    gives: ({ a, b, c }, { run }) => (c === null ? power(a, b, run) : modularPower(a, b, c)),
  }),
  define('sign', {
    says: '1 of a positive number, -1 of a negative one, 0 of 0.',
    takes: { num: number },
    example: ['sign(-5)', '-1'],
    gives: ({ num }) => (num > 0 ? 1n : num < 0 ? -1n : 0n),
  }),
  define('round', {
    says: 'A number to so many digits behind the point; half-way goes to the even neighbour.',
    takes: { number, ndigits: optional(integer, 0n) },
    example: ['round(2.345, 1)', '2.3'],
    gives: ({ number, ndigits }) => rounded(number, ndigits),
  }),
  define('isInteger', {
    says: 'Whether a value is an integer.',
    takes: { value: any },
    example: ['isInteger(1.0)', 'false'],
    gives: ({ value }) => isInteger(value),
  }),
  define('isNumber', {
    says: 'Whether a value is a number.',
    takes: { value: any },
    example: ["isNumber('1')", 'false'],
    gives: ({ value }) => isNumber(value),
  }),
]

function arithmetic(
  operator: string,
  says: string,
  example: readonly [string, string],
  calculate: (left: Numeric, right: Numeric) => Numeric,
): Definition {
  return define(`#operator_${operator}`, {
    says,
    example,
    takes: { left: number, right: number },
    gives: ({ left, right }) => calculate(left, right),
  })
}

function bitwise(
  name: string,
  says: string,
  example: string,
  combine: (left: bigint, right: bigint) => bigint,
): Definition {
  return define(name, {
    says,
    example: [example, String(combine(6n, 3n))],
    takes: { left: integer, right: integer },
    gives: ({ left, right }) => combine(left, right),
  })
}

/** Why functions that give something else every time give nothing here. */
export function refused(name: string): never {
  throw new YaqlError(
    'Impure',
    `${name} is refused: an expression must give the same whenever it is evaluated. Pass the value in as a parameter`,
  )
}

function integerOf(value: Value): bigint {
  if (value === null) return 0n
  switch (typeof value) {
    case 'boolean':
      return value ? 1n : 0n
    case 'bigint':
      return value
    case 'number':
      if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer')
      if (!Number.isFinite(value))
        throw new YaqlError('OverflowError', 'cannot convert float infinity to integer')
      return BigInt(Math.trunc(value))
    case 'string': {
      const [, sign, digits] = /^\s*([-+]?)(\d+(?:_\d+)*)\s*$/.exec(value) ?? []
      if (digits === undefined) throw valueError(`invalid literal for int() with base 10: ${quoted(value)}`)
      const integer = integerFrom(digits.replaceAll('_', ''))
      return sign === '-' ? -integer : integer
    }
    default:
      throw typeError(
        `int() argument must be a string, a bytes-like object or a real number, not '${kindOf(value)}'`,
      )
  }
}

const decimal = /^[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?$/i
const special = /^([-+]?)(inf|infinity|nan)$/i

function floatFrom(value: Value): number {
  if (value === null) return 0
  if (typeof value === 'boolean') return value ? 1 : 0
  if (isNumber(value)) return floatOf(value)
  if (typeof value !== 'string')
    throw typeError(`float() argument must be a string or a real number, not '${kindOf(value)}'`)
  const plain = value.trim()
  if (decimal.test(plain)) return Number(plain.replaceAll('_', ''))
  const [, sign, word] = special.exec(plain) ?? []
  if (word === undefined) throw valueError(`could not convert string to float: ${quoted(value)}`)
  if (word.toLowerCase() === 'nan') return Number.NaN
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** Pays for an integer before it is worked out. */
const weighBits = (bits: number, run: Run): void => run.weighBytes(24 + (bits / 30) * 4)

function power(base: Numeric, exponent: Numeric, run: Run): Numeric {
  if (typeof base === 'bigint' && typeof exponent === 'bigint' && exponent >= 0n) {
    const size = base < 0n ? -base : base
    // 0, 1 and -1 stay small whatever the exponent is.
    if (size > 1n) weighBits((size.toString(2).length - 1) * Number(exponent), run)
    return base ** exponent
  }
  const [a, b] = [floatOf(base), floatOf(exponent)]
  if (a === 0 && b < 0) throw new YaqlError('ZeroDivisionError', '0.0 cannot be raised to a negative power')
  const result = a === 1 ? 1 : a ** b
  if (Number.isNaN(result) && !Number.isNaN(a) && !Number.isNaN(b))
    throw new YaqlError('Unusable', 'The power is a complex number, which a template has no use for')
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
    throw new YaqlError('OverflowError', "(34, 'Numerical result out of range')")
  return result
}

function modularPower(base: Numeric, exponent: Numeric, modulus: Numeric): bigint {
  if (typeof base !== 'bigint' || typeof exponent !== 'bigint' || typeof modulus !== 'bigint')
    throw typeError('pow() 3rd argument not allowed unless all arguments are integers')
  if (modulus === 0n) throw valueError('pow() 3rd argument cannot be 0')
  const mod = (value: bigint) => value - flooredQuotient(value, modulus) * modulus
  let [result, square] = [mod(1n), mod(exponent < 0n ? inverse(base, modulus) : base)]
  for (let left = exponent < 0n ? -exponent : exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}

/** The number by which a product with `value` leaves 1. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value - flooredQuotient(value, modulus) * modulus, modulus]
  let [x, y] = [1n, 0n]
  while (b !== 0n) {
    const q = flooredQuotient(a, b)
    ;[a, b] = [b, a - q * b]
    ;[x, y] = [y, x - q * y]
  }
  if (a !== 1n && a !== -1n) throw valueError('base is not invertible for the given modulus')
  return a === 1n ? x : -x
}

import { defineScalarTag, mapTag, mergeTag, NOT_RESOLVED, Schema, seqTag, strTag } from 'js-yaml'

const neverDumped = () => false
const digits = [...'0123456789']

const nothing = defineScalarTag<null>('tag:yaml.org,2002:null', {
  implicit: true,
  implicitFirstChars: ['', '~', 'n', 'N'],
  resolve: (text) => (/^(?:~|null|Null|NULL|)$/.test(text) ? null : NOT_RESOLVED),
  identify: neverDumped,
})

const truth = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve(text) {
    if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true
    return /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text) ? false : NOT_RESOLVED
  },
  identify: neverDumped,
})

const integer = defineScalarTag<number | string>('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: ['-', '+', ...digits],
  resolve(text) {
    const form =
      /^([-+]?)(?:0b([0-1_]+)|0x([0-9a-fA-F_]+)|0([0-7_]+)|([1-9][0-9_]*(?::[0-5]?[0-9])+)|(0|[1-9][0-9_]*))$/.exec(
        text,
      )
    if (form === null) return NOT_RESOLVED
    const [, sign = '', binary, hex, octal, sixties, decimal] = form
    return signed(sign, magnitude({ binary, hex, octal, sixties, decimal }))
  },
  identify: neverDumped,
})

interface Forms {
  readonly binary: string | undefined
  readonly hex: string | undefined
  readonly octal: string | undefined
  readonly sixties: string | undefined
  readonly decimal: string | undefined
}

function magnitude({ binary, hex, octal, sixties, decimal }: Forms): bigint {
  const plain = (text: string) => text.replaceAll('_', '') || '0'
  if (binary !== undefined) return BigInt(`0b${plain(binary)}`)
  if (hex !== undefined) return BigInt(`0x${plain(hex)}`)
  if (octal !== undefined) return BigInt(`0o${plain(octal)}`)
  if (sixties !== undefined)
    return plain(sixties)
      .split(':')
      .reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  return BigInt(plain(decimal ?? '0'))
}

/** A number beyond what JSON readers keep exactly stays a text of its digits, so that an account number survives. */
function signed(sign: string, value: bigint): number | string {
  const whole = sign === '-' ? -value : value
  const number = Number(whole)
  return Number.isSafeInteger(number) ? number : String(whole)
}

const fraction = defineScalarTag<number | string>('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: ['-', '+', '.', ...digits],
  resolve(text) {
    if (
      /^[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?$/.test(text) ||
      /^\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?$/.test(text)
    ) {
      return Number(text.replaceAll('_', ''))
    }
    const sixties = /^([-+]?)([0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/.exec(text)
    if (sixties === null) return NOT_RESOLVED
    const [, sign, parts = ''] = sixties
    const value = parts
      .replaceAll('_', '')
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0)
    return sign === '-' ? -value : value
  },
  identify: neverDumped,
})

/** Dates stay the texts they were written as, and so do the few kinds of value that JSON has no word for. */
const asText = (kind: string) =>
  defineScalarTag<string>(`tag:yaml.org,2002:${kind}`, { resolve: (text) => text, identify: neverDumped })

/** YAML as Heat has always read it: that of PyYAML (1.1), with dates as texts. */
export const templateYaml = new Schema([
  strTag,
  seqTag,
  mapTag,
  nothing,
  truth,
  integer,
  fraction,
  mergeTag,
  asText('timestamp'),
  asText('binary'),
])

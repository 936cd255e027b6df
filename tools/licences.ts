import { readFileSync } from 'node:fs'

/** The licences that let Hearth be given on under its own. */
const permissive = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'PSF-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
])

interface Package {
  readonly license?: string
}

/** The packages of package-lock.json under a licence that is not permissive, or under none that is known. */
export function refusedLicences(): readonly string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Readonly<Record<string, Package>>
  }
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, one]) => {
      const { license } = one.license === undefined ? inFolder(path) : one
      return allows(license) ? [] : [`${path}: ${license ?? 'no licence'}`]
    })
}

const inFolder = (path: string): Package =>
  JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) as Package

/** `(MIT OR GPL-2.0)` lets choose; `MIT AND ISC` asks for both. */
function allows(licence: string | undefined): boolean {
  const words = (licence ?? '').replaceAll(/[()]/g, '')
  return words
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => permissive.has(one.trim())))
}

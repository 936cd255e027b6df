import { readFileSync } from 'node:fs'

declare const HEARTH_VERSION: string | undefined

/** The version of this program: built in where it is bundled, that of package.json in a checkout. */
export const version: string = typeof HEARTH_VERSION === 'string' ? HEARTH_VERSION : versionOfCheckout()

function versionOfCheckout(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

import { relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i

/** The URL of what the user named: a URL already, or a path as seen from a directory. */
export function addressOf(named: string, directory: string): string {
  return scheme.test(named) ? new URL(named).href : pathToFileURL(resolve(directory, named)).href
}

/** The URL of a file that another one names, as seen from the directory of that other one. */
export function besides(base: string, named: string): string {
  if (scheme.test(named) || !base.startsWith('file:')) return new URL(named, base).href
  // A path, not a URL reference: `#` and `?` are letters like any other.
  return pathToFileURL(resolve(fileURLToPath(new URL('.', base)), named)).href
}

/** The URL of a directory, such as `base_url` gives, with the slash that makes it one. */
export const asDirectory = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

/** How to speak of a file to people: by the shortest path, or by its URL. */
export function displayName(url: string, directory: string): string {
  if (!url.startsWith('file:')) return url
  const path = fileURLToPath(url)
  const near = relative(directory, path)
  return near !== '' && near.length < path.length ? near : path
}

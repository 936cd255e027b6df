import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Fetch } from './settings.ts'

/**
 * Says whose certificates this process trusts from now on: those of a file besides the usual ones, or, with `insecure`,
 * anybody's.
 */
export async function useCertificates({
  caFile,
  insecure,
}: {
  readonly caFile?: string
  readonly insecure?: boolean
}): Promise<void> {
  if (caFile !== undefined)
    setDefaultCACertificates([...getCACertificates('default'), await readFile(caFile, 'utf8')])
  if (insecure) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
}

/** Sends requests that show a certificate of our own to whoever asks for one. The key may be in the same file. */
export async function fetchWithCertificate({
  certFile,
  keyFile = certFile,
}: {
  readonly certFile: string
  readonly keyFile?: string
}): Promise<Fetch> {
  const { Agent, fetch } = await import('undici')
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
  const dispatcher = new Agent({ connect: { cert, key } })
  // Its types are those of the package, which are not quite those of Node's own.
  return ((url, init) => fetch(url, { ...init, dispatcher } as Parameters<typeof fetch>[1])) as Fetch
}

import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

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

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An authority of a test's own, and what it has signed: paths of files in PEM. */
export interface Authority {
  readonly ca: string
  /** A certificate for 127.0.0.1 and localhost, or for the client of that name. */
  sign(name: string): { readonly cert: string; readonly key: string }
  [Symbol.dispose](): void
}

/** Makes an authority, in a folder that goes with it. */
export function authority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-certificates-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const days = ['-days', '2']
  openssl(
    'req',
    '-x509',
    ...key,
    ...days,
    '-subj',
    '/CN=Authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  )
  let serial = 1
  return {
    ca: at('ca.pem'),
    sign(name) {
      const [request, cert, ownKey, extensions] = ['csr', 'pem', 'key', 'ext'].map((end) =>
        at(`${name}.${end}`),
      ) as [string, string, string, string]
      openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', ownKey, '-out', request)
      writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
      const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', String(serial++)]
      openssl('x509', '-req', '-in', request, ...signing, ...days, '-extfile', extensions, '-out', cert)
      return { cert, key: ownKey }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

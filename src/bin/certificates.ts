import { readFileSync, statSync } from 'node:fs'
import type { SecureContextOptions } from 'node:tls'
import type { ServerTls } from '../api/index.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import type { TransportOptions } from '../cloud/index.ts'
import type { CloudAccess } from '../identity/index.ts'
import type { TlsFiles } from './settings.ts'

/** Whom to trust on the way to a cloud, and what to show to a cloud that asks who we are. */
export function trustOf({
  verify,
  cacert,
  certificate,
}: CloudAccess): Pick<TransportOptions, 'verify' | 'certificates' | 'ownCertificate'> {
  const text = (path: string) => readFileSync(path, 'utf8')
  return {
    verify,
    ...(cacert !== undefined && { certificates: text(cacert) }),
    ...(certificate && { ownCertificate: { cert: text(certificate.cert), key: text(certificate.key) } }),
  }
}

/** By what a server proves who it is, and whose clients it serves. */
export function readServerTls({ cert, key, ca }: TlsFiles): ServerTls {
  return {
    cert: readFileSync(cert),
    key: readFileSync(key),
    ...(ca !== undefined && { ca: readFileSync(ca) }),
  }
}

interface Renewing {
  readonly server: { setSecureContext(options: SecureContextOptions): void }
  readonly files: TlsFiles
  readonly clock: Clock
  readonly log: Log
}

/** How often the files are looked at. */
const pauseMs = 10_000

/**
 * Has a server use its certificate anew soon after the files were changed, or at once on SIGHUP; connections that are open stay.
 * Files that can't be used are logged, and the former certificate goes on. Answers how to end that.
 */
export function renewCertificates({ server, files, clock, log }: Renewing): () => void {
  const ending = new AbortController()
  let stamp = stampOf(files)

  function renew(): void {
    try {
      server.setSecureContext(readServerTls(files))
      log.info({ cert: files.cert }, 'The certificate was read anew')
    } catch (error) {
      log.error(
        { cert: files.cert, problem: messageOf(error) },
        "The certificate can't be read anew: the former goes on being used",
      )
    }
  }

  async function watch(): Promise<void> {
    while (!ending.signal.aborted) {
      await clock.sleep(pauseMs, ending.signal)
      const present = stampOf(files)
      if (present !== stamp) renew()
      stamp = present
    }
  }

  process.on('SIGHUP', renew)
  // It ends with the signal, which is no failure.
  watch().catch(() => {})
  return () => {
    process.off('SIGHUP', renew)
    ending.abort()
  }
}

function stampOf({ cert, key, ca }: TlsFiles): string {
  return [cert, key, ...(ca === undefined ? [] : [ca])]
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false })
      return `${found?.mtimeMs} ${found?.size} ${found?.ino}`
    })
    .join('\n')
}

import type { Finding } from '../../cli/index.ts'

/** Something is as it should be. */
export const ok = (check: string, finding: string): Finding => ({ check, status: 'ok', finding, advice: '' })

/** Something works, but should not be left so. */
export const warning = (check: string, finding: string, advice: string): Finding => ({
  ...{ check, status: 'warning', finding, advice },
})

/** Something does not work. */
export const error = (check: string, finding: string, advice: string): Finding => ({
  ...{ check, status: 'error', finding, advice },
})

import type { ManageOptions, PolicyBook, PolicyVisitor } from '../cli/index.ts'
import { readToken } from '../cloud/index.ts'
import type { Caller } from '../contract/views.ts'
import {
  callerOf,
  effectiveRules,
  odditiesIn,
  policy,
  policyFilesIn,
  readPolicy,
  redundantRules,
  samplePolicy,
} from '../identity/index.ts'
import { readSettings, siteFiles } from './configuration.ts'

/** Who may do what at a site, as its files say it now. */
export function readPolicyBook({ configFile }: Pick<ManageOptions, 'configFile'>): PolicyBook {
  const { policy: places, enforceNewDefaults } = readSettings(siteFiles(configFile), { embedded })
  const rules = readPolicy(places)
  const options = { rules, enforceNewDefaults }
  const judge = policy(options)
  const redundant = new Set(redundantRules(rules))
  return {
    files: policyFilesIn(places),
    oddities: odditiesIn(options),
    rules: Object.entries(effectiveRules(options)).map(([name, check]) => ({
      name,
      check: typeof check === 'string' ? check : JSON.stringify(check),
      isOwn: Object.hasOwn(rules, name),
      isRedundant: redundant.has(name),
    })),
    sample: samplePolicy,
    allows(rule, visitor) {
      const known = callerBehind(visitor)
      const isAdmin = visitor.isAdmin || judge.allowed('context_is_admin', known)
      const target = visitor.target ?? { user_id: known.userId, project_id: known.projectId }
      return judge.allowed(rule, { ...known, isAdmin }, target)
    },
  }
}

/** Of all settings only where the rules are matters here: no service has to be reachable. */
const embedded = {
  database: '',
  encryptionKey: '',
  own: {
    authUrl: 'http://localhost',
    credential: { by: 'token', token: '' },
    interface: 'public',
    verify: true,
  },
} as const

function callerBehind({ access, roles, userId, projectId }: PolicyVisitor): Caller {
  if (access === undefined)
    return { userId, userName: userId, projectId, projectName: projectId, roles, isAdmin: false }
  const token = readToken('', access)
  if (token === undefined) throw new Error('that is not what Keystone says of a token: `{"token": {...}}`')
  return callerOf(token)
}

// Installs what package-lock.json names, unless that is what is here already. Plain JavaScript for any Node,
// because it runs before the project's own Node 24 is there.
import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const stamp = 'node_modules/.package-lock.json'
const fresh = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync('package-lock.json').mtimeMs

if (!fresh) {
  const npm = process.env.npm_execpath
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []]
  execFileSync(command, [...first, 'install', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  })
}

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Tools that cannot be in package-lock.json, because `npm ci` fails where a registry lacks one of their platforms. */
const tools = {
  '@biomejs/biome': { version: '2.6.8', program: 'biome' },
  knip: { version: '6.44.2', program: 'knip' },
}

/** Where the program of such a tool is. Installs exactly the wanted version into `.tools` if it is not there. */
export async function toolPath(name: keyof typeof tools): Promise<string> {
  const { version, program } = tools[name]
  if (installedVersion(name) !== version) {
    const all = Object.entries(tools).map(([each, { version: exact }]) => `${each}@${exact}`)
    await execute('npm', ['install', '--prefix', '.tools', '--no-save', '--no-audit', '--no-fund', ...all], {
      timeout: 300_000,
    })
  }
  return `.tools/node_modules/.bin/${program}`
}

function installedVersion(name: string): string | undefined {
  const file = `.tools/node_modules/${name}/package.json`
  if (!existsSync(file)) return undefined
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** Runs a program; answers what it wrote if it failed, and nothing if it did not. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  try {
    await execute(program, args, { maxBuffer: 64 << 20, env: { ...process.env, NO_COLOR: '1' } })
    return ''
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      message,
    } = error as { stdout?: string; stderr?: string; message: string }
    return `${stdout}${stderr}`.trim() || message
  }
}

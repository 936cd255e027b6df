import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { fencedBlocks } from '../../../tools/documents.ts'
import { directoryWith } from '../../cli/fakes.ts'

const compilerOptions = {
  ...{ module: 'nodenext', target: 'es2024', strict: true, exactOptionalPropertyTypes: true },
  ...{ noEmit: true, skipLibCheck: true, types: ['node'] },
}

test('another project takes the client with its types, and its examples are well typed', (t) => {
  const examples = fencedBlocks(readFileSync('docs/client.md', 'utf8')).filter(
    ({ language }) => language === 'ts',
  )
  const project = directoryWith(t, {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['examples.ts'] }),
    'examples.ts': examples.map(({ code }) => code).join('\n'),
    'node_modules/@types/none': '',
    'node_modules/hearth/none': '',
  })
  const hearth = join(project, 'node_modules', 'hearth')
  execFileSync(process.execPath, ['tools/build.ts', join(hearth, 'dist')])
  copyFileSync('package.json', join(hearth, 'package.json'))
  symlinkSync(resolve('node_modules/@types/node'), join(project, 'node_modules/@types/node'))

  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', project], { encoding: 'utf8' })
  assert.equal(stdout, '')
  writeFileSync(
    join(project, 'wrong.ts'),
    "import { connectClient } from 'hearth/client'\nconnectClient({ authUrl: 1 })\n",
  )
  const wrong = spawnSync(
    resolve('node_modules/.bin/tsc'),
    [
      ...[
        '--ignoreConfig',
        '--module',
        'nodenext',
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        join(project, 'wrong.ts'),
      ],
    ],
    { encoding: 'utf8', cwd: project },
  )
  assert.match(wrong.stdout, /credentials|not assignable/)
  const names =
    "import('hearth/client').then((all) => console.log(typeof all.connectClient, typeof all.operations.stacks))"
  const ran = execFileSync(process.execPath, ['-e', names], { cwd: project, encoding: 'utf8' })
  assert.equal(ran, 'function object\n')
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesIn } from './files.ts'

/** What the documents speak of and is not there: the targets of links, and paths in code spans. */
export function brokenReferences(): readonly string[] {
  const root = readdirSync('.').filter((name) => name.endsWith('.md'))
  const deeper = ['docs', 'examples', 'src'].flatMap((folder) => filesIn(folder, '.md'))
  return [...root, ...deeper].flatMap((file) => brokenIn(file, readFileSync(file, 'utf8'), existsSync))
}

const link = /\]\(([^)\s#]+)[^)]*\)/g
/** `src/store/batch.ts`, `plan/decide.ts`, `docs/decisions`: words with slashes that begin or end as paths of this repository do. */
const path = /`((?:src|test|tools|docs|examples|bin)\/[\w./-]+|[\w-]+\/[\w./-]+\.(?:ts|md|yaml))`/g

/** Those of one document; paths are meant from the root of the repository, or from where the document is. */
export function brokenIn(file: string, text: string, exists: (path: string) => boolean): readonly string[] {
  const here = dirname(file)
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '')
  const links = [...prose.matchAll(link)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
  const paths = [...prose.matchAll(path)].map(([, target = '']) => target)
  return [
    ...links.filter((target) => !exists(join(here, target))),
    ...paths.filter((target) => !exists(target) && !exists(join(here, target))),
  ].map((target) => `${file} speaks of ${target}, which is not there`)
}

/** A block of code that a document shows. */
export interface FencedBlock {
  readonly language: string
  readonly code: string
  /** The line of its first word, counted from one. */
  readonly line: number
}

/** The blocks of code in a document. */
export function fencedBlocks(text: string): readonly FencedBlock[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(
    ({ index, 1: language = '', 2: code = '' }) => ({
      language,
      code,
      line: text.slice(0, index).split('\n').length + 1,
    }),
  )
}

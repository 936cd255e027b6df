import type { FunctionForm, FunctionHistory, Version } from '../../src/template/index.ts'
import { allVersions } from '../../src/template/versions/index.ts'

/** How pages call a version: those of HOT by their dates, as everybody does. */
export const versionName = ({ type, key, name }: Version): string =>
  type === 'hot' ? name : `${key} ${name}`

/** The file of a version's page. */
export const versionPage = ({ type, key, name }: Version): string =>
  type === 'hot' ? `${name}.md` : `${key}-${name}.md`

/** The file of a function's page. */
export const functionPage = (name: string): string => `${name.toLowerCase().replace('::', '-')}.md`

/** A function, linked from a page in a folder beside those of the functions. */
export const functionLink = (name: string): string => `[\`${name}\`](../functions/${functionPage(name)})`

/** Whether a function came with CloudFormation's templates. */
export const isCloudFormation = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::')

/** The version that a version is a change of; the first of each kind is none. */
export function versionBefore(version: Version): Version | undefined {
  const alike = allVersions.filter(({ type }) => type === version.type)
  return alike[alike.indexOf(version) - 1]
}

/** The form that a function has in a version. */
export const formIn = ({ forms }: FunctionHistory, version: Version): FunctionForm | undefined =>
  forms.find(({ versions }) => versions.includes(version))

/** Some versions, as a heading: `From 2013-05-23 to 2015-04-30`. */
export function spanWords(versions: readonly Version[]): string {
  const native = versions.filter(({ type }) => type === 'hot')
  const others = versions.filter(({ type }) => type !== 'hot').map(versionName)
  const [first, last] = [native[0], native.at(-1)]
  const newest = allVersions.findLast(({ type }) => type === 'hot')
  const span =
    first === undefined || last === undefined
      ? []
      : first === last
        ? [`In ${first.name}`]
        : [`From ${first.name} ${last === newest ? 'on' : `to ${last.name}`}`]
  return [...span, ...others].join(', ')
}

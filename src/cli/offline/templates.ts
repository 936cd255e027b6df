import type { Parsed, Template } from '../../template/index.ts'

/** A template among the files of a bundle. */
export interface NestedTemplate {
  readonly name: string
  readonly parsed: Parsed<Template>
}

/** Spares the reading of scripts and images as if they were YAML. */
const mayBeTemplate = /heat_template_version|HeatTemplateFormatVersion|AWSTemplateFormatVersion/

/** The templates among the files that a template and its environments name. */
export async function nestedTemplates(
  files: Readonly<Record<string, string>>,
): Promise<readonly NestedTemplate[]> {
  const { templateIn } = await import('../../template/index.ts')
  return Object.keys(files).flatMap((name) => {
    const parsed = mayBeTemplate.test(files[name] ?? '') ? templateIn(files, name) : undefined
    return parsed?.value === undefined ? [] : [{ name, parsed }]
  })
}

import { templateIn } from '../parse/files.ts'
import type { ParameterDeclaration, Template } from '../template.ts'

/** All parameters that the templates among the files and the root template declare; the root's count before the others. */
export function declaredParameters(
  template: Template,
  files: Readonly<Record<string, string>>,
): ReadonlyMap<string, ParameterDeclaration> {
  const declared = new Map<string, ParameterDeclaration>()
  for (const name of Object.keys(files)) {
    for (const [parameter, declaration] of templateIn(files, name)?.value?.parameters ?? [])
      declared.set(parameter, declaration)
  }
  for (const [parameter, declaration] of template.parameters) declared.set(parameter, declaration)
  return declared
}

import { loadAll, YAMLException } from 'js-yaml'

/** The first document of a YAML text, an empty map if there is none. The error for a bad one never quotes it. */
export function readYaml(text: string): unknown {
  try {
    return loadAll(text)[0] ?? {}
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = error.mark === undefined ? '' : ` in line ${error.mark.line + 1}`
    // The parser's own message shows the lines around the mistake, and they may hold a password.
    throw new SyntaxError(`${error.reason}${line}`)
  }
}

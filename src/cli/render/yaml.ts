import { dump } from 'js-yaml'

/** A value as YAML that any YAML reader understands the same way: block style, nothing folded, lists not indented. */
export function yamlText(value: unknown, { sorted = false }: { readonly sorted?: boolean } = {}): string {
  const text = dump(value, {
    seqNoIndent: true,
    lineWidth: -1,
    noRefs: true,
    skipInvalid: true,
    sortKeys: sorted,
  })
  // Without one where the last value is an empty collection.
  return text.endsWith('\n') ? text : `${text}\n`
}

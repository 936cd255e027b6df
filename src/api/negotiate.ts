const versioned = /^v(\d+)\.?(\d+)?/
/** What is at its own address, beside the versions. */
const unversioned: readonly string[] = ['healthcheck', 'openapi.json']
const mediaType = 'application/vnd.openstack.orchestration-'

/**
 * The path under which a request is answered: `/v1/…` for the version we speak, however it was asked for; `/` (the list
 * of versions) for other versions; otherwise the path as it is.
 */
export function negotiate(url: string, accept: string | undefined): string {
  const head = headOf(url)
  if (head === '' || head === 'versions') return '/'
  if (head === 'v1') return namedByArn(url)
  if (unversioned.includes(head)) return url
  const named = versioned.exec(head)
  if (named) return speaks(named) ? namedByArn(`/v1${url.slice(head.length + 1)}`) : '/'
  const accepted = accept?.startsWith(mediaType) ? versioned.exec(accept.slice(mediaType.length)) : null
  if (!accepted) return url
  return speaks(accepted) ? namedByArn(`/v1${url}`) : '/'
}

const speaks = ([, major, minor]: RegExpExecArray): boolean => Number(major) === 1 && Number(minor ?? 0) === 0

/** The first segment of a path; requests may also carry a whole URL. */
function headOf(url: string): string {
  for (let end = 1; end < url.length; end++) {
    const letter = url[end]
    if (letter === '/' || letter === '?') return url.slice(1, end)
  }
  return url.slice(1)
}

/** A stack's ARN has slashes in it, written as they are or encoded; here it becomes one segment. */
function namedByArn(url: string): string {
  const found = /\/stacks\/(arn(?::|%3a).*)$/i.exec(url)
  if (!found?.[1]) return url
  const [arn = '', query] = found[1].split('?', 2)
  return `${url.slice(0, found.index)}/stacks/${encodeURIComponent(decoded(arn))}${query === undefined ? '' : `?${query}`}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

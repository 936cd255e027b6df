const longestName = 255
const longestLabel = 63

/** What is wrong with the name of a host or domain; an empty one is none and passes. */
export function dnsNameFault(name: string): string | undefined {
  const reason = nameFault(name)
  return reason && `'${name}' not in valid format. Reason: ${reason}`
}

/** What is wrong with a name that a domain's will be added to. */
export function relativeNameFault(name: string): string | undefined {
  if (name.endsWith('.')) return `'${name}' is a FQDN. It should be a relative domain name.`
  if (name.length > longestName - 3)
    return `'${name}' contains '${name.length}' characters. Adding a domain name will cause it to exceed the maximum length of a FQDN of '${longestName}'.`
  return dnsNameFault(name)
}

/** What is wrong with the name of a domain, which ends with a dot. */
export function dnsDomainFault(name: string): string | undefined {
  if (name === '') return undefined
  return dnsNameFault(name) ?? (name.endsWith('.') ? undefined : `'${name}' must end with '.'.`)
}

function nameFault(name: string): string | undefined {
  if (name === '') return undefined
  const bare = name.replace(/\.$/, '')
  if (bare.length > longestName) return `'${bare}' exceeds the ${longestName} character FQDN limit`
  const labels = bare.split('.')
  for (const label of labels) {
    const fault = labelFault(label)
    if (fault !== undefined) return fault
  }
  const last = labels.at(-1) ?? ''
  return name.endsWith('.') && labels.length > 1 && /^\d+$/.test(last)
    ? `TLD '${last}' must not be all numeric.`
    : undefined
}

function labelFault(label: string): string | undefined {
  if (label === '') return 'Encountered an empty component.'
  if (label.startsWith('-') || label.endsWith('-'))
    return `Name '${label}' must not start or end with a hyphen.`
  return label.length <= longestLabel && /^[a-z0-9-]+$/.test(label)
    ? undefined
    : `Name '${label}' must be 1-${longestLabel} characters long, each of which can only be alphanumeric or a hyphen.`
}

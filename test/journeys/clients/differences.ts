/** What Hearth answers differently on purpose: without it, both answers are the same. */
export interface Difference {
  /** The commands that it is seen in. */
  readonly where: RegExp
  /** Words of the sentence in `docs/compatibility.md` that tells of it. */
  readonly told: string
  /** What of the answers differs, and what is compared in its place. */
  readonly what: RegExp
  readonly by?: string
}

export const differences: readonly Difference[] = [
  {
    where: /^orchestration (template function list heat|resource type (list --long|show))/,
    told: 'Descriptions of types, properties, attributes and functions',
    what: /("?[Dd]escription"?: |^\| [\w:]+ \| ).*$/gm,
    by: '$1',
  },
  {
    where: /type show .*hot/,
    told: 'names the custom constraints of its parameters',
    what: /\{\s*"custom_constraint": .*\s*\}/g,
    by: '{}',
  },
  {
    where: /^orchestration service list -f json/,
    told: '`service list` has one line for each engine',
    // All but one that is up, for the original may have lost some.
    what: /^ \{[^}]*"down"[^}]*\n \}\n|^ \{[^}]*\n \}\n(?=[\s\S]*"up")/gm,
  },
  {
    where: /--ignore-errors wrong/,
    told: 'unknown codes in `ignore_errors`',
    what: /^(ERROR: Invalid codes in ignore_errors : wrong|'str' object has no attribute 'values')$/m,
  },
  {
    where: /^stack update .*--parameter length=word/,
    told: 'All problems are told.',
    what: /^Property error: .* is not an integer\n/m,
  },
  {
    where: /^stack update .*--dry-run/,
    told: 'shows each resource as it is',
    what: /^ {3}"(?!resource_name|resource_type).*\n|^ {4,}.*\n|^ {3}[\]}]\n/gm,
  },
  {
    where: /^stack update --existing --parameter note=new/,
    told: 'A nested stack in which nothing changes is left alone',
    what: /^<time> \[one\.members\]: UPDATE_.*\n/gm,
  },
  {
    where: /^stack update .*--dry-run/,
    told: 'A nested stack in which nothing changes is left alone',
    what: /^ {2}\{\n {3}"resource_name": "(inner|members)"\n.*\n {2}\}\n/gm,
  },
  {
    where: /^stack update --dry-run --existing/,
    told: 'A nested stack in which nothing changes is left alone',
    what: /\[\s*\]/g,
    by: '[]',
  },
  {
    where: /^stack update .*--show-nested/,
    told: 'What goes with a nested stack',
    what: /^ {2}\{\n {3}"resource_name": "[01]"\n.*\n {2}\}\n/gm,
  },
  {
    where: /type show .* --long/,
    told: 'is told with `with_description`',
    what: /^ "description": .*\n/m,
  },
  {
    where: /-s absent/,
    told: 'A container that can not be read',
    what: /, reason: .*/,
  },
  {
    where: /^stack create .*--dry-run/,
    told: 'Attributes are null in the preview of a new stack',
    what: /"attributes": \{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g,
  },
  {
    where: /^stack resource show .*members/,
    told: 'What a group tells of its members is shown',
    what: /^ {2}"(attributes|refs|refs_map)": (null|[[{][\s\S]*?^ {2}[\]}])$/gm,
  },
  {
    where: /^stack event show -f json/,
    told: 'their defaults among them',
    what: /^ {2}"character_classes": \[[^\]]*\]\n/m,
  },
  {
    where: /-c updated_time waiting/,
    told: 'The time of the last update',
    what: /^(<time>|None)$/m,
  },
  {
    where: /^stack cancel --no-rollback/,
    told: 'An update that is cancelled waits at no hook any more',
    what: /^<time> \[two\.word\]: .*Failure occurred while waiting\.\n/m,
  },
  {
    where: /^stack snapshot show/,
    told: 'A snapshot shows no secrets',
    what: /^ *value: ('\*{6}'|\w{6,9})\n/m,
  },
  {
    where: /^stack snapshot show/,
    told: 'A snapshot says what is done to it',
    what: /^ {2}action: CREATE\n/m,
  },
  {
    where: /^software deployment (create|list --long|show --long)/,
    told: 'A reason that is not given is null, not the text `None`',
    what: /"status_reason": (null|"None")/,
  },
]

/** Texts that some reader of YAML takes for something else than a text. */
const special = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|~|=|<<)$|^[-+.]?(?:inf|nan)$|^[-+.\d]/i

/** What is a plain text wherever it stands: words with few signs, none of which begins or ends anything in YAML. */
const plain = /^[A-Za-z_/$](?:[\w/.$@+()=;~^-]|:(?=[\w/.$@+:~-])| (?=[\w/.$@+(=;~^-]))*$/

/** Whether a text must stand between quotes to be read as this text by every reader of YAML, old ones included. */
export function needsQuotes(text: string): boolean {
  return special.test(text) || !plain.test(text) || !/[\w)]$/.test(text)
}

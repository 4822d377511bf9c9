const reference = /\$\{secret\.([A-Za-z][A-Za-z0-9_]{0,63})\}/g
const literal = /(\$\{secret\.[A-Za-z][A-Za-z0-9_]{0,63}\})/
/** With an end to its length: a text of many beginnings and no closing brace is looked through once, not once for each. */
const resembling = /\$\{\s{0,20}secrets?\s{0,20}[.:][^}]{0,100}\}/gi

/** Names of the secrets a text refers to as `${secret.NAME}`. */
export function secretsIn(text: string): string[] {
  return [...text.matchAll(reference)].map(([, name = '']) => name)
}

/** The text with each reference to a secret in the place of which `reveal` gives its value. */
export function replaceSecrets(text: string, reveal: (name: string) => string): string {
  return text.replace(reference, (_, name: string) => reveal(name))
}

/** What was meant as a reference to a secret and is none. */
export function brokenSecretReferences(text: string): string[] {
  return (text.match(resembling) ?? []).filter((found) => secretsIn(found).length === 0)
}

/**
 * Changes a text around its references to secrets, which stay as they are. Nothing of what `change` gives becomes one:
 * a machine whose serial number reads `${secret.NAME}` must not be given the secret.
 */
export function aroundSecrets(text: string, change: (part: string) => string): string {
  return text
    .split(literal)
    .map((part, index) => (index % 2 === 1 ? part : disarmed(change(part))))
    .join('')
}

/** The text with nothing in it that reads as a reference to a secret. */
export function disarmed(text: string): string {
  // Only from the first of several dollars on: from each of them, ten thousand would take ten thousand times as long.
  return text.replace(/(?<!\$)\$+(?=\{secret\.)/g, '')
}

/**
 * What keeps a text from being a computer name: NetBIOS allows 15 characters, DNS letters, digits and hyphens
 * (RFC 1123 §2.1, RFC 952), Windows refuses names of digits only and its own reserved words.
 */
export type ComputerNameFault = 'empty' | 'too-long' | 'characters' | 'digits-only' | 'hyphen' | 'reserved'

const longestComputerName = 15

/** "Naming conventions in Active Directory for computers, domains, sites, and OUs", reserved words. */
const reserved = new Set(
  `ANONYMOUS BATCH BUILTIN DIALUP DOMAIN ENTERPRISE INTERACTIVE INTERNET LOCAL LOCALHOST NETWORK NULL PROXY RESTRICTED
  SELF SERVER SERVICE SYSTEM USERS WORLD`.split(/\s+/),
)

/** @returns every fault at once; none for `*`, which lets Windows make the name */
export function computerNameFaults(name: string): ComputerNameFault[] {
  if (name === '*') return []
  if (name === '') return ['empty']
  const faults: ComputerNameFault[] = []
  if (name.length > longestComputerName) faults.push('too-long')
  if (!/^[A-Za-z0-9-]+$/.test(name)) faults.push('characters')
  if (/^[0-9]+$/.test(name)) faults.push('digits-only')
  if (/^-|-$/.test(name)) faults.push('hyphen')
  if (reserved.has(name.toUpperCase())) faults.push('reserved')
  return faults
}

/** What a rule may put into a name. */
export type NameFacts = { readonly serial: string; readonly mac: string; readonly model: string }

/**
 * Makes a computer name from a rule such as `PC-{serial}` or `NUC-{mac}`. What does not fit is taken from the left of
 * the inserted value, since serial numbers and MAC addresses differ at their end.
 *
 * @returns a text without a fault, or `*` when the rule leaves nothing usable (an empty serial number, digits only)
 */
export function computerNameFromRule(rule: string, facts: NameFacts): string {
  const placeholder = /\{(serial|mac|model)\}/g
  const fixed = plain(rule.replace(placeholder, ''))
  const count = [...rule.matchAll(placeholder)].length
  const room = count === 0 ? 0 : Math.max(0, Math.floor((longestComputerName - fixed.length) / count))
  const filled = rule.replace(placeholder, (_, key) => {
    const value = plain(key === 'serial' ? facts.serial : key === 'mac' ? facts.mac.replaceAll(':', '') : facts.model)
    return room === 0 ? '' : value.slice(-room)
  })
  const name = plain(filled)
    .slice(0, longestComputerName)
    .replace(/^-+|-+$/g, '')
  // What is left of a rule whose values are all empty is the same for every machine.
  if (count > 0 && name === fixed.replace(/^-+|-+$/g, '')) return '*'
  return name === '' || computerNameFaults(name).length > 0 ? '*' : name
}

/** Upper case, accents taken off, whatever else is not allowed taken out. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replace(/[\s_]+/g, '-')
    .replace(/[^A-Z0-9-]/g, '')
    .replace(/-{2,}/g, '-')
}

/** What keeps a text from being the name of a local account (Windows' NetUserAdd, and unattended setup). */
export type AccountNameFault = 'empty' | 'too-long' | 'characters' | 'dots-and-spaces' | 'built-in' | 'computer-name'

const longestAccountName = 20

/** Of NetUserAdd; `%` and `@` besides, which unattended setup expands or takes for a Microsoft account. */
const forbidden = /["/\\[\]:;|=,+*?<>%@]/

/** Devices of MS-DOS, which no folder can be named after: a profile's folder has the account's name. */
const devices = /^(con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\.|$)/i

/**
 * Accounts, groups and authorities every Windows brings, in English and in French: a local account shares one name
 * space with them. `defaultuser0` is OOBE's own. Besides, the administrator and the guest of Windows' other languages.
 */
const builtIn: ReadonlySet<string> = new Set([
  'administrator',
  'guest',
  'defaultaccount',
  'wdagutilityaccount',
  'defaultuser0',
  'system',
  'none',
  'everyone',
  'local service',
  'network service',
  'local system',
  'administrators',
  'users',
  'guests',
  'power users',
  'backup operators',
  'replicator',
  'authenticated users',
  'interactive',
  'trustedinstaller',
  'administrateur',
  'invité',
  'système',
  'aucun',
  'tout le monde',
  'service local',
  'service réseau',
  'administrateurs',
  'utilisateurs',
  'invités',
  'utilisateurs avec pouvoir',
  'administrador',
  'administratör',
  'amministratore',
  'järjestelmänvalvoja',
  'rendszergazda',
  'администратор',
  'convidado',
  'gast',
  'gæst',
  'gjest',
  'gäst',
  'host',
  'gość',
  'invitado',
  'vieras',
  'vendég',
  'misafir',
  'гость',
])

/** @returns every fault at once */
export function accountNameFaults(name: string, computerName: string): AccountNameFault[] {
  if (name.trim() === '') return ['empty']
  const faults: AccountNameFault[] = []
  if (name.length > longestAccountName) faults.push('too-long')
  if (forbidden.test(name) || hasControlCharacter(name)) faults.push('characters')
  if (/^[. ]+$/.test(name) || /\.$/.test(name) || name !== name.trim()) faults.push('dots-and-spaces')
  // In whichever of its Unicode forms: Windows compares accents composed.
  if (builtIn.has(name.normalize('NFC').toLowerCase()) || devices.test(name)) faults.push('built-in')
  if (name.toUpperCase() === computerName.toUpperCase()) faults.push('computer-name')
  return faults
}

/** Control characters, halves of surrogate pairs and what Unicode calls no character. */
export function hasControlCharacter(text: string): boolean {
  return /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u.test(text)
}

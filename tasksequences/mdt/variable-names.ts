import { isBuiltIn } from '../facts.ts'

/** What a variable of MDT is here. */
export type KnownVariable =
  /** A fact or an own variable of Établi, by its name. */
  | { readonly is: 'variable'; readonly name: string }
  /** The same for every PC that Établi prepares. */
  | { readonly is: 'constant'; readonly value: string }
  /** Nothing that Établi knows by itself: a variable that the sequence declares. */
  | { readonly is: 'own'; readonly name: string }

const facts: Readonly<Record<string, string>> = {
  make: 'manufacturer',
  model: 'product',
  product: 'board',
  serialnumber: 'serial',
  uuid: 'uuid',
  macaddress: 'mac',
  macaddress001: 'mac',
  imageflags: 'edition',
  osdcomputername: 'computerName',
  computername: 'computerName',
  hostname: 'computerName',
  timezonename: 'timezone',
  osdtimezone: 'timezone',
  userlocale: 'locale',
  uilanguage: 'language',
  keyboardlocale: 'keyboard',
}

/**
 * Établi prepares blank 64-bit PCs by UEFI, in one go. What only a capture, a refresh or an upgrade sets is empty, as MDT
 * itself has it for a new computer.
 */
const constants: Readonly<Record<string, string>> = {
  deploymenttype: 'NEWCOMPUTER',
  deploymentmethod: 'UNC',
  isuefi: 'True',
  isosupgrade: '0',
  docapture: '',
  usmtofflinemigration: '',
  osdarchitecture: 'amd64',
  architecture: 'X64',
  processorarchitecture: 'AMD64',
  imageprocessor: 'x64',
  supportsx64: 'True',
  imagebuild: '10.0',
  oscurrentversion: '10.0',
}

/** What a variable of MDT stands for; names count without regard to case. */
export function knownVariable(name: string): KnownVariable {
  const key = name.trim().toLowerCase()
  const fact = Object.hasOwn(facts, key) ? facts[key] : undefined
  if (fact !== undefined) return { is: 'variable', name: fact }
  const constant = Object.hasOwn(constants, key) ? constants[key] : undefined
  if (constant !== undefined) return { is: 'constant', value: constant }
  return { is: 'own', name: ownName(name) }
}

/** The name a sequence declares for a variable of MDT: letters and digits, and none that Établi has already. */
export function ownName(name: string): string {
  const letters = name.replaceAll(/[^A-Za-z0-9_]/g, '').replace(/^[^A-Za-z]+/, '')
  const short = letters.slice(0, 48)
  if (short === '') return 'mdtVariable'
  const ours = new Set(['computerName', 'timezone', 'locale', 'language', 'keyboard'])
  return isBuiltIn(short) || ours.has(short) || short === 'secret' ? `mdt${short}` : short
}

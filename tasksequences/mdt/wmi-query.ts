/** One comparison of a WMI query, on a fact of Établi's. */
export type WmiTerm = {
  readonly fact: string
  readonly comparison: '==' | '!=' | 'like' | 'notlike'
  readonly value: string
}

/** Which fact a WMI class's property is: what technicians choose drivers and steps by. */
const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  win32_computersystem: { manufacturer: 'manufacturer', model: 'product' },
  win32_computersystemproduct: {
    vendor: 'manufacturer',
    name: 'product',
    identifyingnumber: 'serial',
    uuid: 'uuid',
  },
  win32_bios: { serialnumber: 'serial', smbiosbiosversion: 'firmwareVersion' },
  win32_baseboard: { product: 'board' },
  win32_processor: { name: 'processor' },
  win32_systemenclosure: { serialnumber: 'serial' },
}

const shape = /^\s*select\s+[\w*,\s]{1,200}?\s+from\s+(\w{1,64})(?:\s+where\s+(.+?))?\s*;?\s*$/is
const term =
  /^\(*\s*(not\s+)?\(*\s*(?:\w+\.)?(\w{1,64})\s*(=|<>|!=|\blike\b|\bnot\s+like\b)\s*(?:"([^"]{0,400})"|'([^']{0,400})')\s*\)*$/is

/**
 * Reads a query such as `SELECT * FROM Win32_ComputerSystem WHERE Model LIKE "%NUC%"`, of terms joined by `and` or by
 * `or` ("WQL", Windows Management Instrumentation). Null for what only the machine itself can answer.
 */
export function readWmiQuery(query: string): { terms: readonly WmiTerm[]; joinedBy: 'and' | 'or' } | null {
  if (query.length > 2000) return null
  const [, name = '', where] = shape.exec(query) ?? []
  const known = Object.hasOwn(properties, name.toLowerCase()) ? properties[name.toLowerCase()] : undefined
  // A class without a condition: its instances are there in every PC.
  if (known === undefined) return null
  if (where === undefined) return { terms: [], joinedBy: 'and' }
  const { parts, words } = splitTerms(where)
  if (new Set(words).size > 1) return null
  const terms = parts.map((part) => readTerm(part, known))
  const read = terms.filter((one) => one !== null)
  return read.length < terms.length ? null : { terms: read, joinedBy: words[0] === 'or' ? 'or' : 'and' }
}

/** The terms between the words `and` and `or`, which may stand within quotation marks too. */
function splitTerms(where: string): { parts: string[]; words: string[] } {
  const parts = ['']
  const words: string[] = []
  for (const piece of where.match(/"[^"]*"|'[^']*'|\s+(?:and|or)\s+|[^"']/gi) ?? []) {
    const word = /^\s+(and|or)\s+$/i.exec(piece)?.[1]
    if (word === undefined) parts.push((parts.pop() ?? '') + piece)
    else {
      parts.push('')
      words.push(word.toLowerCase())
    }
  }
  return { parts: parts.map((part) => part.trim()), words }
}

function readTerm(text: string, known: Readonly<Record<string, string>>): WmiTerm | null {
  const match = term.exec(text)
  if (match === null) return null
  const [, not, property = '', sign = '', double, single] = match
  const fact = Object.hasOwn(known, property.toLowerCase()) ? known[property.toLowerCase()] : undefined
  const value = double ?? single ?? ''
  if (fact === undefined || /[\r\n]/.test(value)) return null
  const isLike = /like/i.test(sign)
  const isNegated = (not !== undefined) !== (/^not/i.test(sign) || sign === '<>' || sign === '!=')
  if (isLike) return { fact, comparison: isNegated ? 'notlike' : 'like', value }
  return { fact, comparison: isNegated ? '!=' : '==', value }
}

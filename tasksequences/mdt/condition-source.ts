import { parseCondition } from '../condition/parse-condition.ts'
import { conditionText, type MdtCondition } from './mdt-condition.ts'
import { remark, type Remark } from './remarks.ts'
import { knownVariable } from './variable-names.ts'
import { readWmiQuery } from './wmi-query.ts'

/** A variable that a sequence has to declare, with the value it begins with. */
export type Declaration = { readonly name: string; readonly value: string; readonly from: string }

/** A condition of MDT as Établi decides it. */
export type TranslatedCondition =
  | { readonly is: 'always' }
  | { readonly is: 'never' }
  | {
      readonly is: 'when'
      /** In the language of `when`. */
      readonly source: string
      readonly declares: readonly Declaration[]
      /** What a person has to look at. */
      readonly because: readonly Remark[]
    }

const always: TranslatedCondition = { is: 'always' }
const never: TranslatedCondition = { is: 'never' }

/**
 * Translates a condition. What Établi cannot tell becomes a variable of its own that keeps the step from being done until
 * a person decides. `isNegated` says that the condition stands within a `not`, where "not done" is the variable `true`.
 */
export function translateCondition(condition: MdtCondition, isNegated = false): TranslatedCondition {
  const translated = translatePart(condition, isNegated)
  if (translated.is !== 'when' || parseCondition(translated.source).ok) return translated
  // Too long or too deep for one line.
  return unknown(condition, isNegated)
}

function translatePart(condition: MdtCondition, isNegated: boolean): TranslatedCondition {
  switch (condition.kind) {
    case 'all':
      return allOf(condition.of.map((part) => translatePart(part, isNegated)))
    case 'any':
      return anyOf(condition.of.map((part) => translatePart(part, isNegated)))
    case 'none':
      return not(anyOf(condition.of.map((part) => translatePart(part, !isNegated))))
    case 'variable':
      return ofVariable(condition) ?? unknown(condition, isNegated)
    case 'wmi':
      return ofWmi(condition.query) ?? unknown(condition, isNegated)
    case 'other':
      return unknown(condition, isNegated)
  }
}

/** All have to hold; none at all holds. */
export function allOf(parts: readonly TranslatedCondition[]): TranslatedCondition {
  if (parts.some(({ is }) => is === 'never')) return never
  return joined(parts, ' and ') ?? always
}

function anyOf(parts: readonly TranslatedCondition[]): TranslatedCondition {
  if (parts.length === 0 || parts.some(({ is }) => is === 'always')) return always
  return joined(parts, ' or ') ?? never
}

function joined(parts: readonly TranslatedCondition[], word: string): TranslatedCondition | null {
  const open = parts.filter((part) => part.is === 'when')
  const [first, ...others] = open.filter(
    (part, index) => open.findIndex(({ source }) => source === part.source) === index,
  )
  if (first === undefined) return null
  if (others.length === 0) return first
  const all = [first, ...others]
  return {
    is: 'when',
    source: all.map(({ source }) => grouped(source)).join(word),
    declares: all.flatMap(({ declares }) => declares),
    because: all.flatMap(({ because }) => because),
  }
}

function grouped(source: string): string {
  return / and | or |^not /.test(source) ? `(${source})` : source
}

function not(part: TranslatedCondition): TranslatedCondition {
  if (part.is === 'always') return never
  if (part.is === 'never') return always
  return { ...part, source: `not (${part.source})` }
}

function unknown(condition: MdtCondition, isNegated: boolean): TranslatedCondition {
  const text = conditionText(condition)
  const name = `mdt${isNegated ? 'Unless' : 'If'}${checksum(text)}`
  const because = [remark('MDT_CONDITION_UNKNOWN', { condition: text, variable: name })]
  return { is: 'when', source: `\${${name}}`, declares: [{ name, value: String(isNegated), from: text }], because }
}

/** The same text gives the same name in every import (FNV-1a). */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

const comparisons: Readonly<Record<string, string>> = {
  equals: '==',
  notequals: '!=',
  greater: '>',
  greaterequal: '>=',
  greaterthan: '>',
  greaterthanequal: '>=',
  greaterorequal: '>=',
  less: '<',
  lessequal: '<=',
  lessthan: '<',
  lessthanequal: '<=',
  lessorequal: '<=',
}

function ofVariable({ variable, operator, value }: MdtCondition & { kind: 'variable' }): TranslatedCondition | null {
  const sign = operator.toLowerCase()
  if (variable.toLowerCase() === 'phase') return ofPhase(sign, value)
  const known = knownVariable(variable)
  if (known.is === 'constant') return ofConstant(known.value, sign, value)
  const because = known.is === 'own' ? [remark('MDT_CONDITION_VARIABLE', { name: variable, variable: known.name })] : []
  const declares = known.is === 'own' ? [{ name: known.name, value: '', from: variable }] : []
  const reference = `\${${known.name}}`
  const written = (source: string | null, ...more: Remark[]): TranslatedCondition | null =>
    source === null ? null : { is: 'when', source, declares, because: [...because, ...more] }
  if (sign === 'exists') return written(`${reference} != ''`)
  if (sign === 'notexists') return written(`${reference} == ''`)
  if (sign === 'like' || sign === 'notlike') {
    const like = likeSource(reference, value)
    if (like === null) return null
    return written(sign === 'like' ? like.source : `not (${like.source})`, ...like.because)
  }
  const comparison = comparisons[sign]
  const literal = quotedText(value)
  return comparison === undefined || literal === null ? null : written(`${reference} ${comparison} ${literal}`)
}

/** MDT's phases come in their order in every run, but that of the old Windows a blank PC does not have. */
function ofPhase(sign: string, value: string): TranslatedCondition | null {
  const isOurs = !/^statecapture$/i.test(value)
  if (sign === 'equals') return isOurs ? always : never
  return sign === 'notequals' ? always : null
}

function ofConstant(constant: string, sign: string, value: string): TranslatedCondition | null {
  const [left, right] = [constant.toLowerCase(), value.toLowerCase()]
  const asNumber = (text: string): number => Number.parseFloat(text)
  const order = asNumber(left) - asNumber(right)
  const decided = (holds: boolean): TranslatedCondition => (holds ? always : never)
  switch (comparisons[sign] ?? sign) {
    case '==':
      return decided(left === right || (isBoolean(right) && left === booleans[right]))
    case '!=':
      return decided(left !== right && !(isBoolean(right) && left === booleans[right]))
    case 'exists':
      return decided(left !== '')
    case 'notexists':
      return decided(left === '')
    case '>':
    case '>=':
    case '<':
    case '<=':
      // A build is compared by its first numbers: 10.0 stands for any of Windows 10 and 11.
      if (Number.isNaN(order) || Math.abs(order) < 1) return null
      return decided(sign.startsWith('greater') ? order > 0 : order < 0)
    default:
      return null
  }
}

const booleans: Readonly<Record<string, string>> = { yes: 'true', '1': 'true', no: 'false', '0': 'false' }

function isBoolean(text: string): boolean {
  return Object.hasOwn(booleans, text)
}

/** A text as a condition quotes it; null for one with both quotation marks, which has no escape. */
function quotedText(text: string): string | null {
  if (text.length > 400 || /[\r\n]/.test(text)) return null
  if (!text.includes("'")) return `'${text}'`
  return text.includes('"') ? null : `"${text}"`
}

/**
 * `%NUC%` of WMI or `*NUC*` of a variable as containment. Établi has no "begins with": a pattern anchored at an end
 * becomes wider, which is said.
 */
export function likeSource(reference: string, pattern: string): { source: string; because: Remark[] } | null {
  if (/[[\]]/.test(pattern)) return null
  const parts = pattern.split(/[%*?_]+/).filter((part) => part.trim() !== '')
  const literals = parts.map(quotedText)
  if (literals.length === 0 || literals.some((literal) => literal === null)) return null
  if (!/[%*?_]/.test(pattern)) return { source: `${reference} == ${literals[0] ?? "''"}`, because: [] }
  const isContained = /^[%*][^%*?_]+[%*]$/.test(pattern)
  return {
    source: literals.map((literal) => `${literal ?? "''"} in ${reference}`).join(' and '),
    because: isContained ? [] : [remark('MDT_CONDITION_LOOSER', { pattern })],
  }
}

function ofWmi(query: string): TranslatedCondition | null {
  const read = readWmiQuery(query)
  if (read === null) return null
  if (read.terms.length === 0) return always
  const parts = read.terms.map(({ fact, comparison, value }) => {
    const reference = `\${${fact}}`
    if (comparison === 'like' || comparison === 'notlike') {
      const like = likeSource(reference, value)
      const source = like === null ? null : comparison === 'like' ? like.source : `not (${like.source})`
      return source === null ? null : { is: 'when' as const, source, declares: [], because: like?.because ?? [] }
    }
    const literal = quotedText(value)
    if (literal === null) return null
    return { is: 'when' as const, source: `${reference} ${comparison} ${literal}`, declares: [], because: [] }
  })
  const whole = parts.filter((part) => part !== null)
  if (whole.length < parts.length) return null
  return read.joinedBy === 'and' ? allOf(whole) : anyOf(whole)
}

/** A token of a condition; `at` is its offset in the source. */
export type Token =
  | { kind: 'variable'; name: string; at: number }
  | { kind: 'text'; value: string; at: number }
  | { kind: 'number'; value: number; at: number }
  | { kind: 'word'; value: 'and' | 'or' | 'not' | 'in' | 'true' | 'false'; at: number }
  | { kind: 'sign'; value: Sign; at: number }
  | { kind: 'end'; at: number }

export type Sign = '==' | '!=' | '<' | '<=' | '>' | '>=' | '(' | ')' | '[' | ']' | ','

/** Why a condition cannot be read, and where. */
export type ConditionError = { reason: ConditionReason; found: string; at: number }
export type ConditionReason =
  'character' | 'open-text' | 'word' | 'expected-value' | 'expected-end' | 'expected-sign' | 'deep' | 'long'

export type Tokens = { ok: true; tokens: Token[] } | { ok: false; error: ConditionError }

const shapes = {
  space: /\s+/y,
  variable: /\$\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}/y,
  text: /'((?:[^'])*)'|"((?:[^"])*)"/y,
  number: /-?\d+(?:\.\d+)?/y,
  word: /[\p{L}_][\p{L}\p{N}_-]*/uy,
  sign: /==|!=|<=|>=|[<>()[\],]/y,
} as const

const words = new Set<string>(['and', 'or', 'not', 'in', 'true', 'false'])
const signs = new Set<string>(['==', '!=', '<', '<=', '>', '>=', '(', ')', '[', ']', ','])

function isWord(text: string): text is Extract<Token, { kind: 'word' }>['value'] {
  return words.has(text)
}

function isSign(text: string): text is Sign {
  return signs.has(text)
}

function match(shape: RegExp, source: string, at: number): RegExpExecArray | null {
  shape.lastIndex = at
  return shape.exec(source)
}

/** The token that begins at `at` and its length, or why there is none. */
function readToken(source: string, at: number): { token: Token; length: number } | ConditionError {
  const variable = match(shapes.variable, source, at)
  if (variable) return { token: { kind: 'variable', name: variable[1] ?? '', at }, length: variable[0].length }
  const text = match(shapes.text, source, at)
  if (text) return { token: { kind: 'text', value: text[1] ?? text[2] ?? '', at }, length: text[0].length }
  const number = match(shapes.number, source, at)
  if (number) return { token: { kind: 'number', value: Number(number[0]), at }, length: number[0].length }
  const word = match(shapes.word, source, at)?.[0]
  if (word !== undefined) {
    const lower = word.toLowerCase()
    return isWord(lower)
      ? { token: { kind: 'word', value: lower, at }, length: word.length }
      : { reason: 'word', found: word, at }
  }
  const sign = match(shapes.sign, source, at)?.[0]
  if (sign !== undefined && isSign(sign)) return { token: { kind: 'sign', value: sign, at }, length: sign.length }
  const found = String.fromCodePoint(source.codePointAt(at) ?? 0)
  return { reason: found === "'" || found === '"' ? 'open-text' : 'character', found, at }
}

/** Splits a condition into tokens, the last being `end`; total: any text gives tokens or an error with its offset. */
export function tokenize(source: string): Tokens {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const space = match(shapes.space, source, at)
    if (space) {
      at += space[0].length
      continue
    }
    const read = readToken(source, at)
    if ('reason' in read) return { ok: false, error: read }
    tokens.push(read.token)
    at += read.length
  }
  return { ok: true, tokens: [...tokens, { kind: 'end', at: source.length }] }
}

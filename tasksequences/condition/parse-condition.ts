import type { Comparison, Expression } from './expression.ts'
import { tokenize, type ConditionError, type ConditionReason, type Sign, type Token } from './tokens.ts'

export type ParsedCondition = { ok: true; expression: Expression } | { ok: false; error: ConditionError }

/** Parentheses and `not` nest at most so deep: nobody reads more, and the parser's stack has an end. */
const DEEPEST = 32
const LONGEST = 1024
const comparisons: ReadonlySet<Sign> = new Set<Sign>(['==', '!=', '<', '<=', '>', '>='])

function isComparison(sign: Sign): sign is Comparison {
  return comparisons.has(sign)
}

/** Leaves the parser; never leaves this file. */
class Unreadable extends Error {
  readonly why: ConditionError
  constructor(why: ConditionError) {
    super(why.reason)
    this.why = why
  }
}

/** The words of a token, for a message. */
function shown(token: Token): string {
  switch (token.kind) {
    case 'variable':
      return '${' + token.name + '}'
    case 'end':
      return ''
    default:
      return String(token.value)
  }
}

/**
 * Recursive descent over the tokens:
 *
 *   or      = and { 'or' and }
 *   and     = not { 'and' not }
 *   not     = 'not' not | relation
 *   relation = value [ ( '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' ) value ]
 *   value   = variable | text | number | 'true' | 'false' | '(' or ')' | '[' [ value { ',' value } ] ']'
 */
class ConditionParser {
  readonly #tokens: Token[]
  #next = 0
  #depth = 0

  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }

  whole(): Expression {
    const expression = this.#or()
    if (this.#peek().kind !== 'end') this.#fail('expected-end')
    return expression
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', at: 0 }
  }

  #fail(reason: ConditionReason): never {
    const token = this.#peek()
    throw new Unreadable({ reason, found: shown(token), at: token.at })
  }

  #takeWord(value: string): Token | null {
    const token = this.#peek()
    if (token.kind !== 'word' || token.value !== value) return null
    this.#next += 1
    return token
  }

  #takeSign(value: Sign): Token | null {
    const token = this.#peek()
    if (token.kind !== 'sign' || token.value !== value) return null
    this.#next += 1
    return token
  }

  #deeper<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > DEEPEST) this.#fail('deep')
    const value = read()
    this.#depth -= 1
    return value
  }

  #or(): Expression {
    let left = this.#and()
    for (let word = this.#takeWord('or'); word; word = this.#takeWord('or'))
      left = { kind: 'or', left, right: this.#and(), at: word.at }
    return left
  }

  #and(): Expression {
    let left = this.#not()
    for (let word = this.#takeWord('and'); word; word = this.#takeWord('and'))
      left = { kind: 'and', left, right: this.#not(), at: word.at }
    return left
  }

  #not(): Expression {
    const word = this.#takeWord('not')
    if (word === null) return this.#relation()
    return { kind: 'not', operand: this.#deeper(() => this.#not()), at: word.at }
  }

  #relation(): Expression {
    const left = this.#value()
    const word = this.#takeWord('in')
    if (word) return { kind: 'in', left, right: this.#value(), at: word.at }
    const token = this.#peek()
    if (token.kind !== 'sign' || !isComparison(token.value)) return left
    this.#next += 1
    return { kind: 'compare', operator: token.value, left, right: this.#value(), at: token.at }
  }

  #value(): Expression {
    const token = this.#peek()
    switch (token.kind) {
      case 'variable':
        this.#next += 1
        return { kind: 'variable', name: token.name, at: token.at }
      case 'text':
      case 'number':
        this.#next += 1
        return { kind: 'literal', value: token.value, at: token.at }
      case 'word':
        if (token.value !== 'true' && token.value !== 'false') this.#fail('expected-value')
        this.#next += 1
        return { kind: 'literal', value: token.value === 'true', at: token.at }
      case 'sign':
        return this.#deeper(() => this.#bracket())
      case 'end':
        return this.#fail('expected-value')
    }
  }

  #bracket(): Expression {
    const open = this.#takeSign('(')
    if (open) {
      const inner = this.#or()
      if (!this.#takeSign(')')) this.#fail('expected-sign')
      return inner
    }
    const list = this.#takeSign('[')
    if (!list) return this.#fail('expected-value')
    const items: Expression[] = []
    if (this.#takeSign(']')) return { kind: 'list', items, at: list.at }
    do items.push(this.#value())
    while (this.#takeSign(','))
    if (!this.#takeSign(']')) this.#fail('expected-sign')
    return { kind: 'list', items, at: list.at }
  }
}

/** Reads a condition such as `${edition} != 'Enterprise' and ${memoryGiB} >= 8`; total. */
export function parseCondition(source: string): ParsedCondition {
  if (source.length > LONGEST) return { ok: false, error: { reason: 'long', found: '', at: LONGEST } }
  const read = tokenize(source)
  if (!read.ok) return read
  try {
    return { ok: true, expression: new ConditionParser(read.tokens).whole() }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.why }
    throw error
  }
}

/** Names of the variables a condition asks for, with the offset of each. */
export function variablesIn(expression: Expression): Array<{ name: string; at: number }> {
  switch (expression.kind) {
    case 'literal':
      return []
    case 'variable':
      return [{ name: expression.name, at: expression.at }]
    case 'list':
      return expression.items.flatMap(variablesIn)
    case 'not':
      return variablesIn(expression.operand)
    case 'and':
    case 'or':
    case 'compare':
    case 'in':
      return [...variablesIn(expression.left), ...variablesIn(expression.right)]
  }
}

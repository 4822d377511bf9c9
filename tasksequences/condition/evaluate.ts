import type { Scalar, Variables } from '../scalar.ts'
import type { Comparison, Expression } from './expression.ts'

type Value = Scalar | Scalar[]

function isList(value: Value): value is Scalar[] {
  return Array.isArray(value)
}

/** Nothing, zero and the word `false` are false; everything else is true. */
function isTrue(value: Value): boolean {
  if (isList(value)) return value.length > 0
  if (typeof value === 'string') return value !== '' && value.toLowerCase() !== 'false' && value !== '0'
  return value !== false && value !== 0
}

function asNumber(value: Scalar): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return null
  return Number(value)
}

/** Below, at or above zero. Two numbers compare as numbers, anything else as text without regard to upper and lower case. */
function compare(left: Value, right: Value): number {
  if (!isList(left) && !isList(right)) {
    const [a, b] = [asNumber(left), asNumber(right)]
    if (a !== null && b !== null) return a - b
  }
  const [a, b] = [String(left).toLowerCase(), String(right).toLowerCase()]
  return a === b ? 0 : a < b ? -1 : 1
}

const verdicts: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** `'Pro' in ['Pro', 'Home']` is membership, `'Intel' in ${manufacturer}` is containment. */
function isIn(left: Value, right: Value): boolean {
  if (isList(right)) return right.some((item) => compare(left, item) === 0)
  return String(right).toLowerCase().includes(String(left).toLowerCase())
}

function valueOf(expression: Expression, variables: Variables): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'variable':
      return Object.hasOwn(variables, expression.name) ? (variables[expression.name] ?? '') : ''
    case 'list':
      return expression.items.flatMap((item) => valueOf(item, variables))
    case 'not':
      return !isTrue(valueOf(expression.operand, variables))
    case 'and':
      return isTrue(valueOf(expression.left, variables)) && isTrue(valueOf(expression.right, variables))
    case 'or':
      return isTrue(valueOf(expression.left, variables)) || isTrue(valueOf(expression.right, variables))
    case 'compare':
      return verdicts[expression.operator](
        compare(valueOf(expression.left, variables), valueOf(expression.right, variables)),
      )
    case 'in':
      return isIn(valueOf(expression.left, variables), valueOf(expression.right, variables))
  }
}

/** Whether a condition holds; a variable without a value counts as empty text. Total. */
export function holds(expression: Expression, variables: Variables): boolean {
  return isTrue(valueOf(expression, variables))
}

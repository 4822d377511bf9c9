import type { Scalar } from '../scalar.ts'

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** A condition's syntax tree. `at` is the offset in the source, from 0. */
export type Expression =
  | { kind: 'literal'; value: Scalar; at: number }
  | { kind: 'variable'; name: string; at: number }
  | { kind: 'list'; items: Expression[]; at: number }
  | { kind: 'not'; operand: Expression; at: number }
  | { kind: 'and' | 'or'; left: Expression; right: Expression; at: number }
  | { kind: 'compare'; operator: Comparison; left: Expression; right: Expression; at: number }
  | { kind: 'in'; left: Expression; right: Expression; at: number }

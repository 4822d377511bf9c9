import { Document, isMap, isScalar, stringify, visit } from 'yaml'
import type { Scalar } from '../scalar.ts'
import { oneLine } from './foreign-text.ts'

/** A step as it is written, or one that stays as a comment. */
export type WrittenStep = {
  readonly comments: readonly string[]
  readonly type: string
  readonly input: Record<string, unknown>
  readonly name: string | null
  readonly when: string | null
  readonly continueOnError: boolean
  readonly retries: number
  readonly isComment: boolean
}

/** A variable as it is written. */
export type WrittenVariable = { readonly name: string; readonly value: Scalar; readonly comment: string | null }

/** What a sequence file is written of. */
export type WrittenSequence = {
  readonly comments: readonly string[]
  readonly name: string
  readonly description: string | null
  readonly variables: readonly WrittenVariable[]
  readonly environment: readonly WrittenStep[]
  readonly windows: readonly WrittenStep[]
  /** Comments after the last step. */
  readonly end: readonly string[]
}

const options = { lineWidth: 0, singleQuote: true, blockQuote: 'literal' } as const

/** The text of a sequence file, in the style of those in `library/`. The same value gives the same text. */
export function writeSequence(sequence: WrittenSequence): string {
  const lines = [
    ...sequence.comments.map(comment),
    `name: ${scalar(sequence.name)}`,
    ...(sequence.description === null ? [] : [`description: ${scalar(sequence.description)}`]),
  ]
  if (sequence.variables.length > 0) lines.push('', 'variables:')
  for (const { name, value, comment: text } of sequence.variables) {
    if (text !== null) lines.push(`  ${comment(text)}`)
    lines.push(`  ${name}: ${scalar(value)}`)
  }
  lines.push(...phase('environment', sequence.environment), ...phase('windows', sequence.windows))
  lines.push(...sequence.end.map((text) => `  ${comment(text)}`))
  return `${lines.join('\n')}\n`
}

function phase(name: string, steps: readonly WrittenStep[]): string[] {
  if (steps.length === 0) return []
  // Nothing but comments below a key would be a phase without a value, which is allowed but reads oddly.
  const head = steps.every(({ isComment }) => isComment) ? `# ${name}:` : `${name}:`
  return ['', head, ...steps.flatMap(stepLines)]
}

function stepLines(step: WrittenStep): string[] {
  const { type, input, name, when, continueOnError, retries } = step
  const common = {
    ...(name === null ? {} : { name }),
    ...(when === null ? {} : { when }),
    ...(continueOnError ? { continueOnError } : {}),
    ...(retries > 0 ? { retries } : {}),
  }
  const isBlock = Object.values(input).some((value) => typeof value === 'string' && value.includes('\n'))
  const text = isBlock
    ? stringify({ [type]: input, ...common }, options)
    : `${type}: ${flow(input)}\n${Object.keys(common).length === 0 ? '' : stringify(common, options)}`
  const body = text.trimEnd().split('\n')
  const lines = body.map((line, index) => (index === 0 ? `  - ${line}` : line === '' ? '' : `    ${line}`))
  return [
    ...step.comments.map((one) => `  ${comment(one)}`),
    ...(step.isComment ? lines.map((line) => `  # ${line.slice(2)}`.trimEnd()) : lines),
  ]
}

function flow(value: Record<string, unknown>): string {
  const document = new Document(value)
  visit(document, {
    Collection: (_, collection) => {
      collection.flow = true
    },
    Scalar: (key, node) => {
      if (key !== 'key' && typeof node.value === 'string' && isScalar(node)) node.type = quoting(node.value)
    },
  })
  if (isMap(document.contents)) document.contents.flow = true
  return document.toString(options).trim()
}

/** Plain words stay plain; what could be taken for something else is quoted. */
function quoting(text: string): 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' {
  if (/^[A-Za-z][A-Za-z0-9._-]*$/.test(text)) return 'PLAIN'
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE'
}

function scalar(value: Scalar): string {
  const document = new Document(value)
  const { contents } = document
  if (isScalar(contents) && typeof value === 'string') contents.type = quoting(value)
  return document.toString(options).trim()
}

function comment(text: string): string {
  return `# ${oneLine(text, 300)}`.trimEnd()
}

import type { Node } from 'yaml'
import type { Phase } from '../sequence.ts'
import type { StepPlace } from './edit.ts'
import {
  endOf,
  endOfPair,
  lineStart,
  listOf,
  nextLine,
  pairOf,
  startOf,
  withCommentsAbove,
  type Source,
} from './source.ts'
import type { Splice } from './splice.ts'

/** The lines of a step: from the comments above it to its last one, and the columns of its dash. */
type Block = { from: number; to: number; indent: number }

const phases: readonly Phase[] = ['environment', 'windows']
const usualIndent = 2

/** The lines of every step of a half; null when its list is none of lines that begin with a dash. */
function blocksOf({ text, root }: Source, phase: Phase): Block[] | null {
  const list = listOf(root, phase)
  if (list === null || list.flow === true) return null
  return list.items.map((item) => blockOf(text, item))
}

function blockOf(text: string, item: Node): Block {
  const line = lineStart(text, startOf(item))
  const indent = text.slice(line).search(/[^ ]/)
  return { from: withCommentsAbove(text, line), to: nextLine(text, endOf(item)), indent }
}

/** Takes out the lines of a step. Null: not to be done by lines. */
export function withoutStep(source: Source, at: StepPlace): Splice[] | null {
  const blocks = blocksOf(source, at.phase)
  const block = blocks?.[at.index]
  if (blocks === null || block === undefined || blocks.length === 1) return null
  return [{ from: block.from, to: block.to, text: '' }]
}

/** Puts a new step, `- type: { … }`, before the one that stands there. */
export function withStep(source: Source, at: StepPlace, step: string): Splice[] | null {
  const into = entrance(source, at, null)
  return into === null
    ? null
    : [{ from: into.at, to: into.at, text: into.before + lines(`- ${step}\n`, 0, into.indent) }]
}

/** Moves the lines of a step, with the comments above it. */
export function movedStep(source: Source, from: StepPlace, to: StepPlace): Splice[] | null {
  const blocks = blocksOf(source, from.phase)
  const block = blocks?.[from.index]
  if (blocks === null || block === undefined) return null
  const emptied = blocks.length === 1 && from.phase !== to.phase
  const into = entrance(source, to, from)
  if (into === null || emptied) return null
  const moved = lines(withLineEnd(source.text.slice(block.from, block.to)), block.indent, into.indent)
  return [
    { from: block.from, to: block.to, text: '' },
    { from: into.at, to: into.at, text: into.before + moved },
  ]
}

/** Where the lines of a step come in, and what has to stand before them. */
function entrance(
  source: Source,
  at: StepPlace,
  leaving: StepPlace | null,
): { at: number; indent: number; before: string } | null {
  const { text, root } = source
  const all = blocksOf(source, at.phase)
  if (all === null) return root === null ? null : newList(source, at.phase)
  const blocks = all.filter((_, index) => leaving === null || leaving.phase !== at.phase || leaving.index !== index)
  const next = blocks[at.index]
  const last = blocks.at(-1)
  if (next !== undefined) return { at: next.from, indent: next.indent, before: '' }
  if (last === undefined) return null
  return { at: last.to, indent: last.indent, before: text.slice(0, last.to).endsWith('\n') ? '' : '\n' }
}

/** A half that has no list yet: below its key, or with a key of its own, the environment before Windows. */
function newList({ text, root }: Source, phase: Phase): { at: number; indent: number; before: string } | null {
  const pair = pairOf(root, phase)
  if (pair !== null) {
    const { value } = pair
    if (value !== null && startOf(value) !== endOf(value)) return null
    const at = nextLine(text, endOfPair(pair))
    return { at, indent: usualIndent, before: text.slice(0, at).endsWith('\n') ? '' : '\n' }
  }
  const following = phases.slice(phases.indexOf(phase) + 1).map((one) => pairOf(root, one))
  const next = following.find((one) => one !== null)
  const at = next ? withCommentsAbove(text, lineStart(text, startOf(next.key))) : text.length
  const before = text.slice(0, at).endsWith('\n') || at === 0 ? '' : '\n'
  return { at, indent: usualIndent, before: `${before}${next ? '' : '\n'}${phase}:\n` }
}

function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

/** Lines with another indent. */
function lines(text: string, from: number, to: number): string {
  if (from === to) return text
  return text
    .split('\n')
    .map((line) =>
      line.trim() === ''
        ? line
        : ' '.repeat(to) + (line.startsWith(' '.repeat(from)) ? line.slice(from) : line.trimStart()),
    )
    .join('\n')
}

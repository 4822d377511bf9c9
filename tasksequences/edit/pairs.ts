import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { afterKey, inline, isTooLong, needsBlock } from './render.ts'
import { endOf, endOfPair, lineStart, nextLine, startOf, withCommentsAbove, type PairNode } from './source.ts'
import type { Splice } from './splice.ts'

function pairsIn(map: YAMLMap): PairNode[] {
  return map.items as PairNode[]
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at)
}

function isBlockCollection(node: Node | null): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true
}

/** The text after a key: its colon and its value, with a blank between. */
function newValue(text: string, { key, value: before }: PairNode, value: unknown, indent: number): Splice {
  const isPlain = before !== null && startOf(before) !== endOf(before) && !isBlockCollection(before)
  const isLines = isPlain && text.slice(startOf(before), endOf(before)).endsWith('\n')
  const piece = afterKey(value, indent)
  if (isPlain && !isLines) return { from: startOf(before), to: endOf(before), text: piece }
  const to = before === null ? endOf(key) + 1 : Math.max(endOf(before), endOf(key) + 1)
  return { from: endOf(key), to, text: `: ${piece}${isLines ? '\n' : ''}` }
}

/** Sets a key of a map of lines, in its place or as the last one. */
export function setInLines(text: string, map: YAMLMap, key: string, value: unknown): Splice {
  const pairs = pairsIn(map)
  const [first] = pairs
  const column = columnOf(text, first === undefined ? startOf(map) : startOf(first.key))
  const there = pairs.find((pair) => isKey(pair, key))
  if (there !== undefined) return newValue(text, there, value, column)
  const last = pairs.at(-1)
  const at = nextLine(text, last === undefined ? startOf(map) : endOfPair(last))
  const begun = text.slice(0, at).endsWith('\n') ? '' : '\n'
  return { from: at, to: at, text: `${begun}${' '.repeat(column)}${inline(key)}: ${afterKey(value, column)}\n` }
}

/** Takes a key out of a map of lines, with the comments above it. Null when it is its only one, or not there. */
export function removedFromLines(text: string, map: YAMLMap, key: string): Splice | null {
  const pairs = pairsIn(map)
  const index = pairs.findIndex((pair) => isKey(pair, key))
  const [pair, next] = [pairs[index], pairs[index + 1]]
  if (pair === undefined || pairs.length === 1) return null
  // The first one of a step stands beside its dash.
  if (index === 0 && next !== undefined) return { from: startOf(pair.key), to: startOf(next.key), text: '' }
  const from = withCommentsAbove(text, lineStart(text, startOf(pair.key)))
  return { from, to: nextLine(text, endOfPair(pair)), text: '' }
}

/** Sets a key of a map in braces; null when that would no longer fit there. */
export function setInBraces(text: string, map: YAMLMap, key: string, value: unknown): Splice | null {
  if (needsBlock(value)) return null
  const pairs = pairsIn(map)
  const there = pairs.find((pair) => isKey(pair, key))
  const last = pairs.at(-1)
  const piece = inline(value)
  const splice: Splice =
    there !== undefined
      ? newValue(text, there, value, 0)
      : last === undefined
        ? { from: startOf(map), to: endOf(map), text: `{ ${inline(key)}: ${piece} }` }
        : { from: endOfPair(last), to: endOfPair(last), text: `, ${inline(key)}: ${piece}` }
  const line = text.slice(lineStart(text, startOf(map)), endOf(map))
  return !line.includes('\n') && isTooLong(line + splice.text) ? null : splice
}

/** Takes a key out of a map in braces. */
export function removedFromBraces(map: YAMLMap, key: string): Splice | null {
  const pairs = pairsIn(map)
  const index = pairs.findIndex((pair) => isKey(pair, key))
  const [pair, next, before] = [pairs[index], pairs[index + 1], pairs[index - 1]]
  if (pair === undefined) return null
  if (next !== undefined) return { from: startOf(pair.key), to: startOf(next.key), text: '' }
  if (before !== undefined) return { from: endOfPair(before), to: endOfPair(pair), text: '' }
  return { from: startOf(map), to: endOf(map), text: '{}' }
}

/** A map in braces as lines below its key, each pair as it was written. */
export function asLines(text: string, map: YAMLMap, indent: number, key: string, value: unknown): string {
  const pad = ' '.repeat(indent)
  const written = pairsIn(map)
    .filter((pair) => !isKey(pair, key))
    .map((pair) => `${pad}${text.slice(startOf(pair.key), endOfPair(pair))}`)
  return `\n${[...written, `${pad}${inline(key)}: ${afterKey(value, indent)}`].join('\n')}`
}

function isKey({ key }: PairNode, name: string): boolean {
  return isScalar(key) && String(key.value) === name
}

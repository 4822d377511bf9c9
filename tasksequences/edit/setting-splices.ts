import { isMap, type Node } from 'yaml'
import type { StepOption } from './edit.ts'
import { asLines, removedFromBraces, removedFromLines, setInBraces, setInLines } from './pairs.ts'
import { inline } from './render.ts'
import { endOf, lineStart, startOf, type PairNode, type Source } from './source.ts'
import type { Splice } from './splice.ts'
import type { StepNode } from './step-node.ts'

/** Sets one of a step's settings, or takes it away with `undefined`. Null: not to be done by pieces of text. */
export function withSetting({ text }: Source, step: StepNode, key: string, value: unknown): Splice | null {
  const { item, typePair, type } = step
  const only = value === undefined ? '{}' : `{ ${inline(key)}: ${inline(value)} }`
  // `- restart`, a word alone.
  if (typePair === null) return { from: startOf(item), to: endOf(item), text: `${type}: ${only}` }
  const settings = typePair.value
  if (!isMap(settings)) return { ...emptyPlace(typePair), text: `: ${only}` }
  if (settings.flow !== true) {
    if (value !== undefined) return setInLines(text, settings, key, value)
    const others = settings.items.length > 1
    return others
      ? removedFromLines(text, settings, key)
      : { from: endOf(typePair.key), to: endOf(settings), text: ': {}' }
  }
  if (value === undefined) return removedFromBraces(settings, key)
  const isInBraces = isMap(item) && item.flow === true
  const column = startOf(typePair.key) - lineStart(text, startOf(typePair.key))
  return (
    setInBraces(text, settings, key, value) ??
    (isInBraces
      ? null
      : { from: endOf(typePair.key), to: endOf(settings), text: `:${asLines(text, settings, column + 2, key, value)}` })
  )
}

/** Sets what any step may carry, beside its settings. */
export function withOption({ text }: Source, step: StepNode, option: StepOption, value: unknown): Splice | null {
  const { item, map, type } = step
  if (map === null) {
    const column = startOf(item) - lineStart(text, startOf(item))
    const line = `${type}: {}\n${' '.repeat(column)}${option}: ${inline(value)}`
    return value === undefined ? null : { from: startOf(item), to: endOf(item), text: line }
  }
  if (map.flow === true) {
    return value === undefined ? removedFromBraces(map, option) : setInBraces(text, map, option, value)
  }
  return value === undefined ? removedFromLines(text, map, option) : setInLines(text, map, option, value)
}

/** After the key, up to the end of whatever stands there that is no map. */
function emptyPlace({ key, value }: PairNode): { from: number; to: number } {
  return { from: endOf(key), to: Math.max(endOf(key) + 1, value === null ? 0 : endOfValue(value)) }
}

function endOfValue(value: Node): number {
  return startOf(value) === endOf(value) ? 0 : endOf(value)
}

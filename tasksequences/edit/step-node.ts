import { isMap, isScalar, type Node, type YAMLMap } from 'yaml'
import { StepOption, type StepPlace } from './edit.ts'
import { listOf, type PairNode, type Source } from './source.ts'

const options: ReadonlySet<string> = new Set(StepOption.anyOf.map(({ const: name }) => name))

/** A step's node, and the pair that names its type; a bare word has none. */
export type StepNode = { item: Node; map: YAMLMap | null; typePair: PairNode | null; type: string }

/** The step that stands there; null when none does, or one that nobody can tell the type of. */
export function stepAt(source: Source, { phase, index }: StepPlace): StepNode | null {
  const item = listOf(source.root, phase)?.items[index]
  if (isScalar(item)) return { item, map: null, typePair: null, type: String(item.value) }
  if (!isMap(item)) return null
  const typePair = (item.items as PairNode[]).find(({ key }) => isScalar(key) && !options.has(String(key.value)))
  if (typePair === undefined || !isScalar(typePair.key)) return null
  return { item, map: item, typePair, type: String(typePair.key.value) }
}

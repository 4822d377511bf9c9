import { isMap, isSeq, type Document, type YAMLMap, type YAMLSeq } from 'yaml'
import type { SequenceEdit, StepPlace } from './edit.ts'
import { listOf, readSource, type Source } from './source.ts'
import { stepAt } from './step-node.ts'

/**
 * The sequence as it has to be after the edit, as the YAML library's document; null when there is nothing where the edit wants
 * to be. What it writes of it keeps comments, though not how things were laid out.
 */
export function editedDocument(text: string, edit: SequenceEdit): Document | null {
  // A document of its own: it is changed.
  const source = readSource(text)
  if (source === null) return null
  const { document } = source
  if (source.root === null) document.contents = document.createNode({}) as typeof document.contents
  return changed({ ...source, root: document.contents as unknown as YAMLMap }, edit) ? document : null
}

function changed(source: Source, edit: SequenceEdit): boolean {
  switch (edit.kind) {
    case 'add-step':
      return insert(source, edit.at, source.document.createNode({ [edit.type]: {} }))
    case 'remove-step':
      return take(source, edit.at) !== null
    case 'move-step': {
      const item = take(source, edit.from)
      return item !== null && insert(source, edit.to, item)
    }
    case 'set-setting':
      return setSetting(source, edit.at, edit.key, edit.value ?? undefined)
    case 'set-option':
      return setOption(source, edit.at, edit.option, edit.value ?? undefined)
    case 'set-text':
      return put(source, [edit.key], edit.value ?? undefined)
    case 'set-variable':
      return put(source, ['variables', edit.name], edit.value)
    case 'remove-variable':
      return put(source, ['variables', edit.name], undefined)
  }
}

function take(source: Source, { phase, index }: StepPlace): unknown {
  const list = listOf(source.root, phase)
  const item = list?.items[index]
  if (list === null || item === undefined) return null
  list.items.splice(index, 1)
  return item
}

function insert(source: Source, { phase, index }: StepPlace, item: unknown): boolean {
  const { document } = source
  if (!isSeq(document.getIn([phase]))) {
    const there: unknown = document.getIn([phase])
    if (there !== undefined && there !== null) return false
    document.setIn([phase], document.createNode([]))
  }
  const list = document.getIn([phase]) as YAMLSeq
  if (index > list.items.length) return false
  list.items.splice(index, 0, item)
  return true
}

/** Sets what stands at a path, or takes it away; false when something else than a map stands on the way. */
function put({ document }: Source, path: string[], value: unknown): boolean {
  const above = path.slice(0, -1)
  const map: unknown = above.length === 0 ? document.contents : document.getIn(above)
  if (above.length > 0 && (map === undefined || map === null)) {
    if (value === undefined) return false
    document.setIn(above, document.createNode({}))
  } else if (!isMap(map)) return false
  if (value === undefined) return document.deleteIn(path)
  document.setIn(path, document.createNode(value))
  return true
}

function setSetting(source: Source, at: StepPlace, key: string, value: unknown): boolean {
  const step = stepAt(source, at)
  if (step === null) return false
  const path = [at.phase, at.index, step.type]
  if (step.map === null) source.document.setIn([at.phase, at.index], source.document.createNode({ [step.type]: {} }))
  if (!isMap(source.document.getIn(path))) source.document.setIn(path, source.document.createNode({}))
  if (value === undefined) return source.document.deleteIn([...path, key])
  source.document.setIn([...path, key], source.document.createNode(value))
  return true
}

function setOption(source: Source, at: StepPlace, option: string, value: unknown): boolean {
  const step = stepAt(source, at)
  if (step === null) return false
  if (step.map === null) source.document.setIn([at.phase, at.index], source.document.createNode({ [step.type]: {} }))
  const path = [at.phase, at.index, option]
  if (value === undefined) return source.document.deleteIn(path)
  source.document.setIn(path, source.document.createNode(value))
  return true
}

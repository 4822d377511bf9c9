import { isDeepStrictEqual } from 'node:util'
import type { SequenceEdit } from './edit.ts'
import { editedDocument } from './document-edit.ts'
import { readSource, type Source } from './source.ts'
import { spliced, type Splice } from './splice.ts'
import { splicesFor } from './splices.ts'

export type EditedText =
  | { kind: 'edited'; text: string }
  /** No YAML: where things stand in it cannot be told. */
  | { kind: 'unreadable' }
  /** There is nothing where the edit wants to be. */
  | { kind: 'nowhere' }

/**
 * Changes a sequence's text as a person would who knows YAML: the lines that the change is not about stay as they are,
 * comments too. A text that is written in a way this does not know is written anew by the YAML library, which keeps its
 * comments and not its spaces. Total and pure.
 */
export function applyEdit(text: string, edit: SequenceEdit): EditedText {
  const foreign = text.includes('\r\n')
  const plain = foreign ? text.replaceAll('\r\n', '\n') : text
  const source = readSource(plain)
  if (source === null) return { kind: 'unreadable' }
  const rewritten = editedDocument(plain, edit)
  if (rewritten === null) return { kind: 'nowhere' }
  const wanted: unknown = rewritten.toJS()
  const edited = closely(source, edit, wanted) ?? rewritten.toString({ lineWidth: 0 })
  return { kind: 'edited', text: foreign ? edited.replaceAll('\n', '\r\n') : edited }
}

/** The text with pieces of it changed; null when that does not come to what is wanted. */
function closely(source: Source, edit: SequenceEdit, wanted: unknown): string | null {
  const pieces: Splice[] | null = splicesFor(source, edit)
  if (pieces === null) return null
  const text = spliced(source.text, pieces)
  const read = readSource(text)
  return read !== null && isDeepStrictEqual(read.document.toJS(), wanted) ? text : null
}

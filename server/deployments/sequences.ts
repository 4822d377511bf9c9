import type { ParsedSequence } from '../../tasksequences/sequence.ts'

export type LoadedSequence = {
  id: string
  origin: 'shipped' | 'own'
  source: string
  /** First 12 hexadecimal digits of the source's SHA-256. */
  version: string
  parsed: ParsedSequence
}

export type Sequences = {
  /** Shipped files, then the workshop's own, which win by id (the file's name); sorted by id. */
  list(): Promise<LoadedSequence[]>
  get(id: string): Promise<LoadedSequence | null>
  /** Writes the workshop's own file as it is, problems or not; throws Refusal SEQUENCE_ID_INVALID, SEQUENCE_TOO_LARGE. */
  save(id: string, text: string): Promise<LoadedSequence>
}

/** Sequences of two folders of `*.yaml`: the library beside the sources and the workshop's own (made when first needed). */
export function createSequences(_folders: { shipped: string; own: string }): Sequences {
  throw new Error('not built yet')
}

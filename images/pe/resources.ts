/** One resource of a PE file: its kind and name, which are numbers or texts, its language, and where it lies in memory. */
export type Resource = {
  readonly type: number | string
  readonly name: number | string
  readonly language: number
  readonly address: number
  readonly sizeBytes: number
}

/** RT_RCDATA, RT_VERSION, RT_MANIFEST (winuser.h). */
export const resourceType = { data: 10, version: 16, manifest: 24 } as const

const most = 4096

/**
 * Reads the tree of resources ("PE Format", The .rsrc Section): kinds, names, languages, three levels deep. A directory
 * is 16 bytes, the last four of which count its named and numbered entries; an entry is name and place, 4 bytes each, whose
 * upper bits say that the name is a text and the place another directory. Total: what lies outside is left out, and a
 * tree that leads back into itself ends at its third level or at 4,096 resources.
 *
 * @param bytes - the resource section, from the directory on
 */
export function decodeResources(bytes: Uint8Array): readonly Resource[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Resource[] = []
  const walk = (directory: number, path: ReadonlyArray<number | string>): void => {
    if (directory + 16 > bytes.length) return
    const count = view.getUint16(directory + 12, true) + view.getUint16(directory + 14, true)
    for (let index = 0; index < count && found.length < most; index += 1) {
      const entry = directory + 16 + 8 * index
      if (entry + 8 > bytes.length) return
      const place = view.getUint32(entry + 4, true)
      const here = [...path, nameAt(bytes, view, view.getUint32(entry, true))]
      if (place < 0x8000_0000) addLeaf(here, place)
      else if (here.length < 3) walk(place - 0x8000_0000, here)
    }
  }
  const addLeaf = ([type, name, language]: ReadonlyArray<number | string>, at: number): void => {
    if (type === undefined || name === undefined || typeof language !== 'number' || at + 16 > bytes.length) return
    found.push({ type, name, language, address: view.getUint32(at, true), sizeBytes: view.getUint32(at + 4, true) })
  }
  walk(0, [])
  return found
}

function nameAt(bytes: Uint8Array, view: DataView, word: number): number | string {
  if (word < 0x8000_0000) return word
  const at = word - 0x8000_0000
  if (at + 2 > bytes.length) return ''
  return new TextDecoder('utf-16le').decode(bytes.subarray(at + 2, at + 2 + 2 * view.getUint16(at, true)))
}

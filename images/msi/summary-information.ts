import { decodeCodePage } from '../code-page.ts'

/** The properties of an MSI's summary information that say what it is ("Summary Information Stream Property Set"). */
export type SummaryInformation = {
  /** "Installation Database", or what its author put there. */
  readonly title: string
  readonly subject: string
  readonly author: string
  /** `x64;1033`: processors, then languages. */
  readonly template: string
  /** The package code. */
  readonly revision: string
  /** Bit 3: it asks for no administrator's rights. */
  readonly wordCount: number
}

/** The stream's name. */
export const summaryStreamName = '\u0005SummaryInformation'

const ids = { codePage: 1, title: 2, subject: 3, author: 4, template: 7, revision: 9, wordCount: 15 } as const
/** VT_I2, VT_I4, VT_LPSTR ([MS-OLEPS] §2.15). */
const types = { int16: 2, int32: 3, text: 30 } as const

/** Reads a property set stream ([MS-OLEPS] §2.21), of which it takes the first set. Total: what cannot be read is empty or 0. */
export function decodeSummaryInformation(bytes: Uint8Array): SummaryInformation {
  const values = bytes.length < 48 ? new Map<number, Uint8Array>() : valuesOf(bytes)
  const codePage = numberOf(values.get(ids.codePage)) & 0xffff
  const text = (id: number): string => textOf(values.get(id), codePage)
  return {
    title: text(ids.title),
    subject: text(ids.subject),
    author: text(ids.author),
    template: text(ids.template),
    revision: text(ids.revision),
    wordCount: numberOf(values.get(ids.wordCount)),
  }
}

/** Header of 28 bytes, then a set's id (16) and its offset; a set is its size, the number of its properties, and for each id and offset. */
function valuesOf(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const set = view.getUint32(44, true)
  const values = new Map<number, Uint8Array>()
  if (set + 8 > bytes.length) return values
  const count = Math.min(view.getUint32(set + 4, true), Math.floor((bytes.length - set - 8) / 8))
  for (let index = 0; index < count; index += 1) {
    const entry = set + 8 + 8 * index
    const at = set + view.getUint32(entry + 4, true)
    if (at + 8 <= bytes.length) values.set(view.getUint32(entry, true), bytes.subarray(at))
  }
  return values
}

function numberOf(value: Uint8Array | undefined): number {
  if (value === undefined) return 0
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  const type = view.getUint16(0, true)
  if (type === types.int16) return view.getInt16(4, true)
  return type === types.int32 ? view.getInt32(4, true) : 0
}

function textOf(value: Uint8Array | undefined, codePage: number): string {
  if (value === undefined) return ''
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  if (view.getUint16(0, true) !== types.text) return ''
  const bytes = value.subarray(8, 8 + view.getUint32(4, true))
  return decodeCodePage(bytes, codePage).replace(/\0.*$/s, '')
}

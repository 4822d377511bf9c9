import { decodeInf } from '../../images/inf/encoding.ts'
import { MalformedXml } from '../../images/xml/malformed-xml.ts'
import { remark, type Remark } from './remarks.ts'
import type { ControlFile, ShareSource } from './share.ts'

const MiB = 1024 * 1024
const largestFile = 32 * MiB

type Read = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: Remark }

/** Reads files of one share, whatever they are, and remembers what reading each came to. */
export type ControlReader = {
  /** What was read so far, and what was not. */
  readonly files: ControlFile[]
  /** A file's text; never throws. */
  readText(path: string, limit: number): Promise<Read>
  /** A file's value; null, and a reason in `files`, when it cannot be read. */
  take<Value>(path: string, parse: (text: string) => Value, count: (value: Value) => number): Promise<Value | null>
  /** Says of a file why it is not read. */
  leave(path: string, because: Remark): void
}

/** @param shown the path of a file as the report names it */
export function controlReader(
  source: ShareSource,
  sizes: ReadonlyMap<string, ShareSource['files'][number]>,
  shown: (path: string) => string,
): ControlReader {
  const files: ControlFile[] = []
  const readText = async (path: string, limit: number): Promise<Read> => {
    const file = sizes.get(path)
    if (file === undefined) return { ok: false, because: remark('MDT_FILE_UNREADABLE', { why: 'absent' }) }
    const tooLarge: Read = { ok: false, because: remark('MDT_FILE_TOO_LARGE', { limit: limit / MiB }) }
    if (file.sizeBytes > limit) return tooLarge
    try {
      const bytes = await source.read(file.path)
      return bytes.length > limit ? tooLarge : { ok: true, text: decodeInf(bytes).text }
    } catch (error) {
      return { ok: false, because: remark('MDT_FILE_UNREADABLE', { why: reasonOf(error) }) }
    }
  }
  /** Reads and parses one file of `Control`, and says so in `files`. */
  const take = async <Value>(path: string, parse: (text: string) => Value, count: (value: Value) => number) => {
    const read = await readText(path, largestFile)
    const parsed = read.ok ? parsedBy(parse, read.text) : read
    const state = parsed.ok
      ? ({ is: 'read', items: count(parsed.value) } as const)
      : ({ is: 'left', because: parsed.because } as const)
    files.push({ path: shown(path), state })
    return parsed.ok ? parsed.value : null
  }

  const leave = (path: string, because: Remark): void => {
    files.push({ path: shown(path), state: { is: 'left', because } })
  }
  return { files, readText, take, leave }
}

function reasonOf(error: unknown): string {
  if (error instanceof MalformedXml) return `XML, ${error.offset} : ${error.why}`.replaceAll('\n', ' ')
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'EIO'
}

function parsedBy<Value>(parse: (text: string) => Value, text: string) {
  try {
    return { ok: true, value: parse(text) } as const
  } catch (error) {
    if (!(error instanceof MalformedXml)) throw error
    return { ok: false, because: remark('MDT_FILE_UNREADABLE', { why: reasonOf(error) }) } as const
  }
}

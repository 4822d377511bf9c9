import { cabinetSignature } from './cabinet/directory.ts'
import { compoundSignature } from './compound-file/header.ts'

/** What kind of file a name promises, as far as the first bytes can keep the promise. */
export type Promised = 'msi' | 'msu' | 'cab' | 'exe' | 'msix'

/** What is wrong with a file, by its first bytes and its length. */
export type ContentFault = { fault: 'another-kind'; promised: Promised } | { fault: 'cut-off'; wholeBytes: number }

/** As many bytes from the start of a file as `contentFault` looks at. */
export const headBytes = 64

const wim = ascii('MSWIM\0\0\0') // Windows Imaging File Format, §"Header"
const program = ascii('MZ') // PE format, MS-DOS stub
const zip = [0x50, 0x4b, 0x03, 0x04] // APPNOTE 4.3.7; what an .msix is, [Open Packaging Conventions]

/** Updates since checkpoints (Windows 11 24H2) come as WIM; those before, and drivers' and servicing stacks', as cabinets. */
const beginnings: Readonly<Record<Promised, ReadonlyArray<readonly number[]>>> = {
  msi: [compoundSignature],
  msu: [cabinetSignature, wim],
  cab: [cabinetSignature],
  exe: [program],
  msix: [zip],
}

const endings: Readonly<Record<string, Promised>> = {
  msi: 'msi',
  msu: 'msu',
  cab: 'cab',
  exe: 'exe',
  msix: 'msix',
  msixbundle: 'msix',
  appx: 'msix',
  appxbundle: 'msix',
}

/** What a file's name promises; null for one that promises nothing that could be seen. */
export function promisedBy(path: string): Promised | null {
  return endings[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? null
}

/**
 * Whether a file is what it has to be: an error page or a note saved under an installer's name begins otherwise, and a
 * cabinet says itself how long it is. It may be longer, by its signature. Null when nothing speaks against it. Pure.
 */
export function contentFault(promised: Promised, head: Uint8Array, sizeBytes: number): ContentFault | null {
  if (!beginnings[promised].some((bytes) => bytes.every((byte, at) => head[at] === byte)))
    return { fault: 'another-kind', promised }
  if (!cabinetSignature.every((byte, at) => head[at] === byte)) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const wholeBytes = head.byteLength < 12 ? 36 : view.getUint32(8, true)
  return sizeBytes < wholeBytes ? { fault: 'cut-off', wholeBytes } : null
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0))
}

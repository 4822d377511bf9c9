import { lastSector } from './header.ts'
import { MalformedCompoundFile } from './malformed-compound-file.ts'

/**
 * One entry of the directory ([MS-CFB] §2.6.1), 128 bytes.
 *
 *    0           64       66     68     72     76      …  116     120
 *   ┌───────────┬────────┬──────┬──────┬──────┬───────┬──┬───────┬──────┐
 *   │ UTF-16    │ bytes  │ type │ left │ right│ child │  │ start │ size │
 *   └───────────┴────────┴──────┴──────┴──────┴───────┴──┴───────┴──────┘
 */
export type DirectoryEntry = {
  readonly name: string
  readonly kind: 'unused' | 'storage' | 'stream' | 'root'
  readonly left: number
  readonly right: number
  readonly child: number
  readonly startSector: number
  readonly sizeBytes: number
}

const entryBytes = 128
const kinds: Readonly<Record<number, DirectoryEntry['kind']>> = { 1: 'storage', 2: 'stream', 5: 'root' }

/** Reads every whole entry of a directory stream. Total. */
export function decodeDirectory(bytes: Uint8Array): readonly DirectoryEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: DirectoryEntry[] = []
  for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
    // The length counts the closing NUL; writers have put more than the 64 bytes there.
    const nameBytes = Math.min(Math.max(view.getUint16(at + 64, true) - 2, 0), 62)
    entries.push({
      name: new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes.subarray(at, at + nameBytes)),
      kind: kinds[view.getUint8(at + 66)] ?? 'unused',
      left: view.getUint32(at + 68, true),
      right: view.getUint32(at + 72, true),
      child: view.getUint32(at + 76, true),
      startSector: view.getUint32(at + 116, true),
      // Version 3 writers may leave rubbish in the upper half (§2.6.1); no stream of ours reaches 4 GiB.
      sizeBytes: view.getUint32(at + 120, true),
    })
  }
  return entries
}

/**
 * The streams that lie directly in the root, by name: those of storages within it are other documents'. The tree of
 * siblings is walked, each entry once, so that entries that point at each other end it. Throws MalformedCompoundFile
 * when the first entry is no root.
 */
export function rootStreams(entries: readonly DirectoryEntry[]): ReadonlyMap<string, DirectoryEntry> {
  const root = entries[0]
  if (root?.kind !== 'root') throw new MalformedCompoundFile('directory', 0, 'does not begin with the root')
  const found = new Map<string, DirectoryEntry>()
  const seen = new Set<number>()
  const open = [root.child]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const entry = entries[id]
    if (id >= lastSector || entry === undefined || seen.has(id)) continue
    seen.add(id)
    if (entry.kind === 'stream') found.set(entry.name, entry)
    open.push(entry.left, entry.right)
  }
  return found
}

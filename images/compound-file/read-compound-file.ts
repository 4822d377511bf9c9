import type { PositionalReader } from '../positional-reader.ts'
import { decodeDirectory, rootStreams, type DirectoryEntry } from './directory.ts'
import { compoundHeaderBytes, decodeCompoundHeader, endOfChain, lastSector, type CompoundHeader } from './header.ts'
import { MalformedCompoundFile } from './malformed-compound-file.ts'

/** A compound file ([MS-CFB]): a small file system, of which the streams of its root are read here. */
export type CompoundFile = {
  readonly names: readonly string[]
  /** The bytes of a stream, null when there is none of the name; throws MalformedCompoundFile when it is damaged or longer than `atMost`. */
  read(name: string, atMost: number): Promise<Uint8Array | null>
}

/** Sectors of a FAT at most: enough for a file of 8 GiB in sectors of 512 bytes. */
const mostFatSectors = 131_072
const longestDirectory = 64 * 1024 * 1024

/**
 * Opens a compound file: header, allocation tables and directory are read, nothing else yet.
 *
 * @throws MalformedCompoundFile
 */
export async function openCompoundFile(reader: PositionalReader): Promise<CompoundFile> {
  const header = decodeCompoundHeader(await reader.read(0, compoundHeaderBytes))
  const fat = await readFat(reader, header)
  const chain = (start: number, atMost: number): Promise<Uint8Array> =>
    readSectors(reader, header, follow(fat, start, Math.ceil(atMost / header.sectorBytes), reader, header))
  const entries = decodeDirectory(await chain(header.firstDirectorySector, longestDirectory))
  const streams = rootStreams(entries)
  let mini: Promise<{ fat: Uint32Array; bytes: Uint8Array }> | null = null
  const miniStream = (): NonNullable<typeof mini> => (mini ??= readMini(entries[0], header, chain))

  return {
    names: [...streams.keys()],
    read: async (name, atMost) => {
      const entry = streams.get(name)
      if (entry === undefined) return null
      const { sizeBytes, startSector } = entry
      if (sizeBytes > atMost) throw new MalformedCompoundFile(name, 0, `${sizeBytes} bytes, more than ${atMost}`)
      const bytes =
        sizeBytes < header.miniCutoffBytes
          ? miniBytes(await miniStream(), startSector, sizeBytes, header.miniSectorBytes)
          : await chain(startSector, sizeBytes)
      if (bytes.length < sizeBytes)
        throw new MalformedCompoundFile(name, bytes.length, 'its sectors end before it does')
      return bytes.subarray(0, sizeBytes)
    },
  }
}

/** The FAT lies in sectors whose numbers stand in the header, and beyond 109 in a chain of DIFAT sectors (§2.5). */
async function readFat(reader: PositionalReader, header: CompoundHeader): Promise<Uint32Array> {
  const { sectorBytes, fatSectors } = header
  if (fatSectors > mostFatSectors || fatSectors * sectorBytes > reader.sizeBytes)
    throw new MalformedCompoundFile('fatSectors', 44, `${fatSectors}, more than the file has room for`)
  const sectors = header.difat.filter((sector) => sector < lastSector)
  const seen = new Set<number>()
  for (let next = header.firstDifatSector; next < lastSector && sectors.length < fatSectors;) {
    if (seen.has(next)) throw new MalformedCompoundFile('difat', 68, 'a chain that goes in a circle')
    seen.add(next)
    const numbers = numbersOf(await readSectors(reader, header, [next]))
    sectors.push(...numbers.subarray(0, -1).filter((sector) => sector < lastSector))
    next = numbers.at(-1) ?? endOfChain
  }
  return numbersOf(await readSectors(reader, header, sectors.slice(0, fatSectors)))
}

/** The root's own stream holds all short ones, in sectors of 64 bytes with a FAT of their own (§2.4). */
async function readMini(
  root: DirectoryEntry | undefined,
  header: CompoundHeader,
  chain: (start: number, atMost: number) => Promise<Uint8Array>,
): Promise<{ fat: Uint32Array; bytes: Uint8Array }> {
  const size = Math.min(root?.sizeBytes ?? 0, longestDirectory)
  const fat = await chain(header.firstMiniFatSector, (size / header.miniSectorBytes) * 4 + header.sectorBytes)
  return { fat: numbersOf(fat), bytes: await chain(root?.startSector ?? endOfChain, size) }
}

function miniBytes(
  mini: { fat: Uint32Array; bytes: Uint8Array },
  start: number,
  sizeBytes: number,
  sectorBytes: number,
): Uint8Array {
  const bytes = new Uint8Array(sizeBytes)
  let at = 0
  for (let sector = start; at < sizeBytes && sector < lastSector; sector = mini.fat[sector] ?? endOfChain) {
    const piece = mini.bytes.subarray(sector * sectorBytes, (sector + 1) * sectorBytes).subarray(0, sizeBytes - at)
    if (piece.length === 0) break
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes.subarray(0, at)
}

/** The sectors of a chain, `atMost` of them: what is asked for bounds a chain that goes in a circle. */
function follow(
  fat: Uint32Array,
  start: number,
  atMost: number,
  { sizeBytes }: PositionalReader,
  { sectorBytes }: CompoundHeader,
): number[] {
  const most = Math.min(atMost, Math.ceil(sizeBytes / sectorBytes))
  const sectors: number[] = []
  for (let sector = start; sector < lastSector && sectors.length < most; sector = fat[sector] ?? endOfChain)
    sectors.push(sector)
  return sectors
}

/** Sectors that follow each other are read at once. The first begins behind the header, which takes a whole sector. */
async function readSectors(
  reader: PositionalReader,
  { sectorBytes }: CompoundHeader,
  sectors: readonly number[],
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for (let from = 0; from < sectors.length;) {
    const first = sectors[from] ?? 0
    let to = from + 1
    while (sectors[to] === first + (to - from)) to += 1
    const bytes = await reader.read((first + 1) * sectorBytes, (to - from) * sectorBytes)
    pieces.push(bytes)
    // A writer may leave the last sector of the file unfilled; any other that is missing moves what follows.
    if (bytes.length < (to - from) * sectorBytes && to < sectors.length)
      throw new MalformedCompoundFile('sector', (first + 1) * sectorBytes, 'beyond the end of the file')
    from = to
  }
  return Buffer.concat(pieces)
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getUint32(4 * index, true))
}

import { readProgram, type Program } from '../pe/read-program.ts'
import { resourceType } from '../pe/resources.ts'
import type { PositionalReader } from '../positional-reader.ts'
import { burnSectionName } from './burn-section.ts'
import { innoDataOffset, innoTableResource } from './inno-table.ts'

/** What of a program tells whose installer it is: itself, and the places where makers of installers leave their marks. */
export type InstallerEvidence = {
  readonly program: Program
  /** The first and the last of what lies behind the program in its file. */
  readonly overlayHead: Uint8Array
  readonly overlayTail: Uint8Array
  /** How resources begin, those of icons and dialogs left out. */
  readonly resourceHeads: ReadonlyArray<{
    readonly type: number | string
    readonly name: number | string
    readonly head: Uint8Array
  }>
  readonly burnSection: Uint8Array
  /** What Inno's loader finds its set-up data by, and the beginning of that. */
  readonly innoTable: Uint8Array
  readonly innoData: Uint8Array
}

const overlayHeadBytes = 64 * 1024
const overlayTailBytes = 16 * 1024
const headBytes = 64
const mostResources = 256

/**
 * Reads all that `recogniseFamily` judges by: less than a mebibyte or two, however large the installer is.
 *
 * @throws MalformedPe for what is no program of Windows
 */
export async function readEvidence(reader: PositionalReader): Promise<InstallerEvidence> {
  const program = await readProgram(reader)
  const { start, end } = program.overlay
  const section = program.sections.find(({ name }) => name === burnSectionName)
  const table = program.resources.find(({ type, name }) => type === resourceType.data && name === innoTableResource)
  const innoTable =
    table === undefined ? new Uint8Array() : await reader.read(table.offset, Math.min(table.sizeBytes, 64))
  const data = innoDataOffset(innoTable)
  return {
    program,
    overlayHead: await reader.read(start, Math.min(end - start, overlayHeadBytes)),
    overlayTail: await reader.read(Math.max(start, end - overlayTailBytes), Math.min(end - start, overlayTailBytes)),
    resourceHeads: await headsOf(reader, program),
    burnSection: section === undefined ? new Uint8Array() : await reader.read(section.offset, headBytes),
    innoTable,
    innoData: data === null ? new Uint8Array() : await reader.read(data, headBytes),
  }
}

async function headsOf(reader: PositionalReader, { resources }: Program): Promise<InstallerEvidence['resourceHeads']> {
  const heads: Array<InstallerEvidence['resourceHeads'][number]> = []
  // Kinds with a name, and raw data: those with a number are what Windows knows (winuser.h).
  const raw = resources.filter(({ type }) => typeof type === 'string' || type === resourceType.data)
  for (const { type, name, offset, sizeBytes } of raw.slice(0, mostResources))
    heads.push({ type, name, head: await reader.read(offset, Math.min(sizeBytes, headBytes)) })
  return heads
}

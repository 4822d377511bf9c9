import type { MdtSequence } from './task-sequence-file.ts'
import type { IniFile } from './ini.ts'
import type { ListEntry } from './list-file.ts'
import type { AnswerPart } from './answer-file.ts'
import type { Remark } from './remarks.ts'

/**
 * An MDT deployment share, or its `Control` folder alone: every file's path (with `/` or `\`) and size, and a reader of
 * one file's bytes. The reader may throw; the file is then reported as unreadable.
 */
export type ShareSource = {
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[]
  read(path: string): Promise<Uint8Array>
}

/** A file of `Control`, and what reading it came to. */
export type ControlFile = {
  /** From the share's root on: `Control/Drivers.xml`. */
  readonly path: string
  readonly state: { readonly is: 'read'; readonly items: number } | { readonly is: 'left'; readonly because: Remark }
}

/** A sequence as `TaskSequences.xml` lists it, with its steps where its `ts.xml` is there. */
export type ShareSequence = {
  readonly id: string
  /** Null for a folder with a `ts.xml` that no list names. */
  readonly entry: ListEntry | null
  readonly steps: MdtSequence | null
  readonly answers: readonly AnswerPart[]
}

/** A rules file: `CustomSettings.ini` or `Bootstrap.ini`. */
export type RulesFile = { readonly path: string; readonly ini: IniFile }

/** All that is read of a share; nothing in it is translated yet. */
export type Share = {
  readonly files: readonly ControlFile[]
  readonly sequences: readonly ShareSequence[]
  readonly operatingSystems: readonly ListEntry[]
  readonly applications: readonly ListEntry[]
  readonly drivers: readonly ListEntry[]
  readonly driverGroups: readonly ListEntry[]
  readonly packages: readonly ListEntry[]
  readonly selectionProfiles: readonly ListEntry[]
  readonly customSettings: RulesFile | null
  readonly bootstrap: RulesFile | null
  /** Texts of the share's own scripts that steps may name, by their path in small letters. */
  readonly scripts: ReadonlyMap<string, string>
  readonly payload: Payload
}

/** Which files lie beside `Control`; of a `Control` folder alone, nobody can say. */
export type Payload =
  | { readonly is: 'unknown' }
  /** Paths from the share's root on, in small letters with `/`, each file and each folder. */
  | { readonly is: 'listed'; readonly paths: ReadonlySet<string> }

/** `.\Applications\7-Zip` as a path from the share's root on: `Applications/7-Zip`. */
export function sharePath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/')
}

/** Whether the share holds this file or folder; true where nobody can say. */
export function hasPayload({ payload }: Pick<Share, 'payload'>, path: string): boolean {
  return payload.is === 'unknown' || payload.paths.has(sharePath(path).toLowerCase())
}

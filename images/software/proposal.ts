import type { Sentence } from '../../text/sentence.ts'
import type { SoftwareManifest } from './manifest.ts'

/** How sure a part of a proposal is: it stands in the file, it is what this kind of installer does, or it is a guess to check. */
export type Certainty = 'read' | 'usual' | 'guessed'

/** A manifest for a person to look at, with why each of its parts is there. */
export type ManifestProposal = {
  readonly manifest: SoftwareManifest
  readonly reasons: readonly Reason[]
}

export type Reason = {
  /** The manifest's key that it is about. */
  readonly key: keyof SoftwareManifest
  readonly certainty: Certainty
  readonly because: Sentence
}

/** Below it Windows lists what can be uninstalled; 32-bit programs write into the second. */
const uninstallKeys = [
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
  'HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
]

/** Where Windows lists an installed product of this name, for programs of 64 bits and of 32. */
export function uninstallKeysOf(name: string): string[] {
  return uninstallKeys.map((key) => `${key}\\${name}`)
}

/**
 * A text of a file as a manifest can hold it: one line without control characters, of at most so many characters, and
 * with no `${…}`, which a manifest would fill in.
 */
export function plainText(text: string, most: number): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .replaceAll('${', '$ {')
    .trim()
    .slice(0, most)
    .trim()
}

/** The installer's name as a manifest takes it: `${` would begin a secret or a variable, and `*` stands for anything. */
export function fileText(file: string): string {
  return file.replaceAll('${', '*')
}

/** Where the operator has the installer from, as far as its file says it. */
export function sourceOf(file: string, maker: string): SoftwareManifest['source'] {
  return {
    where: {
      fr: `Fichier déposé par l’atelier : ${file}${maker === '' ? '' : `, de ${maker}`}.`,
      en: `File brought by the workshop: ${file}${maker === '' ? '' : `, by ${maker}`}.`,
    },
  }
}

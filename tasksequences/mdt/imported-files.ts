import { Document, stringify } from 'yaml'
import type { SoftwareManifest } from '../../images/software/manifest.ts'
import type { Locale } from '../../text/quantities.ts'
import { oneLine } from './foreign-text.ts'
import type { ImportedPack } from './translate-drivers.ts'

/** A package of the import: its manifest, and the share's folder whose files go beside it, where it is known. */
export type ImportedPackage = {
  readonly id: string
  readonly folder: string | null
  readonly manifest: SoftwareManifest
  /** The text of its `manifest.yaml`. */
  readonly manifestYaml: string
}

const options = { lineWidth: 120, singleQuote: true } as const
const heads = {
  fr: 'Importé de MDT. À vérifier : le rapport de l’import dit quoi.',
  en: 'Imported from MDT. The import’s report says what to check.',
} as const

/** A manifest as its file. */
export function manifestFile(manifest: SoftwareManifest, language: Locale): string {
  const document = new Document(manifest)
  document.commentBefore = ` ${heads[language]}`
  return document.toString(options)
}

/** The `pack.yaml` of a pack for certain boards; empty for one that is for any, which has none. */
export function packFile({ models, group }: ImportedPack): string {
  if (models.length === 0) return ''
  return stringify({ description: oneLine(`MDT: ${group}`, 500), models }, options)
}

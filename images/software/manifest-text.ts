import { Document, isMap, isScalar, type Scalar } from 'yaml'
import type { Locale } from '../../text/quantities.ts'
import type { Sentence } from '../../text/sentence.ts'
import type { Certainty, ManifestProposal } from './proposal.ts'

const certainties: Readonly<Record<Certainty, Sentence>> = {
  read: { fr: 'Lu dans le fichier', en: 'Read from the file' },
  usual: { fr: 'Habituel', en: 'Usual' },
  guessed: { fr: 'SUPPOSÉ', en: 'GUESSED' },
}

/** A proposal as the text of a `manifest.yaml`, each part with its reason above it as a comment. Pure. */
export function manifestText({ manifest, reasons }: ManifestProposal, locale: Locale): string {
  const document = new Document(manifest, { aliasDuplicateObjects: false })
  if (isMap(document.contents))
    for (const { key } of document.contents.items) {
      if (!isScalar(key)) continue
      const lines = reasons.filter((reason) => reason.key === key.value)
      comment(
        key,
        lines.map(({ certainty, because }) => `${certainties[certainty][locale]}${colons[locale]}${because[locale]}`),
      )
    }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

const colons: Readonly<Record<Locale, string>> = { fr: ' : ', en: ': ' }

function comment(key: Scalar, lines: readonly string[]): void {
  if (lines.length > 0) key.commentBefore = lines.map((line) => ` ${line.replace(/\s*\n\s*/g, ' ')}`).join('\n')
}

import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { Finding } from '../software/detection.ts'
import { expected, noted, unmeasured, verbatim, type Measured } from './item.ts'

/** What was found of one package of the run. */
export type SoftwareFound = {
  id: string
  name: string
  finding: Measured<Finding>
  /** Null when its manifest has no shortcut. */
  shortcut: { name: string; there: boolean } | null
  /** Values it makes by itself, as TeamViewer its ID. */
  reports: ReadonlyArray<{ name: string; title: Sentence; found: ReportFound }>
}

/** `none`: the software has not made it yet. */
export type ReportFound = { kind: 'said'; text: string } | { kind: 'none' } | { kind: 'unmeasured' }

const installed: Sentence = { fr: 'installé', en: 'installed' }

/** The package installed, its shortcut on the desktop of all users, its values there. Pure. */
export function softwareItems({ id, name, finding, shortcut, reports }: SoftwareFound): EvidenceItem[] {
  const about = { id: `software:${id}`, title: verbatim(name) }
  return [
    finding === null
      ? unmeasured(about, installed)
      : expected(about, installed, findingSentence(finding), finding.there),
    ...(shortcut === null ? [] : [shortcutItem(id, shortcut)]),
    ...reports.map((one) => reportItem(one)),
  ]
}

function findingSentence(finding: Finding): Sentence {
  if (!finding.there) return { fr: `absent : ${finding.missing}`, en: `missing: ${finding.missing}` }
  const { version } = finding
  return version === null ? installed : { fr: `installé, version ${version}`, en: `installed, version ${version}` }
}

function shortcutItem(id: string, { name, there }: { name: string; there: boolean }): EvidenceItem {
  const about = { id: `shortcut:${id}`, title: { fr: `Raccourci ${name}`, en: `Shortcut ${name}` } }
  const present: Sentence = { fr: 'sur le bureau de tous', en: 'on everybody’s desktop' }
  const missing: Sentence = { fr: 'absent du bureau', en: 'not on the desktop' }
  return expected(about, present, there ? present : missing, there)
}

function reportItem({ name, title, found }: SoftwareFound['reports'][number]): EvidenceItem {
  const present: Sentence = { fr: 'connu', en: 'known' }
  const missing: Sentence = { fr: 'pas encore attribué', en: 'not assigned yet' }
  const about = { id: `report:${name}`, title }
  if (found.kind === 'unmeasured') return unmeasured(about, present)
  return found.kind === 'none'
    ? expected(about, present, missing, false)
    : expected(about, present, verbatim(found.text), true)
}

/** TeamViewer in a run that does not install it, on a machine from the shelf: noted, for the person who hands it over. */
export function teamViewerItem(found: ReportFound): EvidenceItem {
  const about = { id: 'report:teamViewerId', title: { fr: 'Identifiant TeamViewer', en: 'TeamViewer ID' } }
  if (found.kind === 'unmeasured') return noted(about, null)
  return noted(about, found.kind === 'none' ? { fr: 'aucun', en: 'none' } : verbatim(found.text))
}

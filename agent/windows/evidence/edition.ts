import { windowsOfBuild } from '../../../images/windows-version.ts'
import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { StepWork } from '../../protocol/messages.ts'
import { expected, noted, unmeasured, verbatim } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'
import type { Sentence } from '../../../text/sentence.ts'

/** EDITIONID as people say it; the rarer ones are called by their id. */
const editionNames: Readonly<Record<string, Sentence>> = {
  Core: { fr: 'Famille', en: 'Home' },
  CoreSingleLanguage: { fr: 'Famille Unilingue', en: 'Home Single Language' },
  CoreN: { fr: 'Famille N', en: 'Home N' },
  Professional: { fr: 'Professionnel', en: 'Pro' },
  ProfessionalN: { fr: 'Professionnel N', en: 'Pro N' },
  ProfessionalEducation: { fr: 'Professionnel Éducation', en: 'Pro Education' },
  ProfessionalWorkstation: { fr: 'Professionnel pour stations de travail', en: 'Pro for Workstations' },
  Enterprise: { fr: 'Entreprise', en: 'Enterprise' },
  Education: { fr: 'Éducation', en: 'Education' },
}

/** By its build: the registry of Windows 11 still says "Windows 10". */
export function isWindows11({ version }: Pick<WindowsMeasured, 'version'>): boolean {
  return version !== null && windowsOfBuild(version.build) === 11
}

function nameOf(edition: string): Sentence {
  return editionNames[edition] ?? verbatim(edition)
}

/** Image and edition as ordered. Pure. */
export function editionItems(measured: Pick<WindowsMeasured, 'version'>, image: StepWork['image']): EvidenceItem[] {
  const about = { id: 'edition', title: { fr: 'Image et édition', en: 'Image and edition' } }
  const { version } = measured
  const wanted = image === undefined ? null : nameOf(image.edition)
  const ordered = wanted && { fr: `Windows ${wanted.fr}`, en: `Windows ${wanted.en}` }
  if (version === null) return [ordered ? unmeasured(about, ordered) : noted(about, null)]
  const name = nameOf(version.edition)
  const number = windowsOfBuild(version.build) ?? version.build
  const found = { fr: `Windows ${number} ${name.fr}`, en: `Windows ${number} ${name.en}` }
  const holds = image?.edition.toLowerCase() === version.edition.toLowerCase()
  return [ordered ? expected(about, ordered, found, holds) : noted(about, found)]
}

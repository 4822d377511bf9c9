import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { buildText } from '../../../images/updates/builds.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { PinnedLevel } from '../../protocol/materials.ts'
import { hresultMessage } from '../updates/hresults.ts'
import { SeenPackage } from '../updates/memory.ts'
import { expected, joined, noted, unmeasured, verbatim } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'

const about = { id: 'update-level', title: { fr: 'Niveau de mise à jour', en: 'Update level' } }

/** What of the result of `windows-update` counts here. */
const Packages = Type.Object({ packages: Type.Array(SeenPackage) })

/**
 * The update level; at least the one that an update package of the catalogue brings this build to, where its name tells
 * that: through its own search a medium may never be offered the cumulative updates (24H2 of autumn 2024). `result` is that
 * of `windows-update`, should the run have the step. Pure.
 */
export function updateLevelItems(
  { version }: Pick<WindowsMeasured, 'version'>,
  levels: readonly PinnedLevel[] = [],
  result?: unknown,
): EvidenceItem[] {
  if (version === null) {
    return [levels.length === 0 ? noted(about, null) : unmeasured(about, joined(levels.map(atLeast)))]
  }
  const { build, revision, release } = version
  const found = verbatim(release === '' ? buildText(version) : `${release}, ${buildText(version)}`)
  const level = levels.find((one) => one.build === build)
  if (level === undefined) return [noted(about, found)]
  if (revision >= level.revision) return [expected(about, atLeast(level), found, true)]
  return [expected(about, atLeast(level), joined([found, whyBelow(level, result)], ' ; '), false)]
}

function atLeast(level: PinnedLevel): Sentence {
  const text = `${buildText(level)} (${level.id})`
  return { fr: `au moins ${text}`, en: `at least ${text}` }
}

/** What became of the package in this run, and what to do. */
function whyBelow({ id, title }: PinnedLevel, result: unknown): Sentence {
  const seen = Value.Check(Packages, result) ? result.packages.find((one) => one.id === id) : undefined
  if (seen === undefined) {
    const name = title.includes(id) ? title : `${id}, ${title}`
    return {
      fr: `ajoutez à la séquence la mise à jour «\u202f${name}\u202f» du catalogue\u202f: étape windows-update, sans «\u202foffline: false\u202f»`,
      en: `add the catalogue’s update "${name}" to the sequence: the step windows-update, without "offline: false"`,
    }
  }
  switch (seen.outcome) {
    case 'installed':
    case 'present':
      return {
        fr: `${id} a été installée, et Windows est revenu en arrière\u202f: relancez la préparation`,
        en: `${id} was installed, and Windows has gone back: prepare the machine again`,
      }
    case 'not-applicable':
      return {
        fr: `Windows a refusé ${id}\u202f: vérifiez dans le catalogue que son dossier contient ce dont elle dépend`,
        en: `Windows refused ${id}: check that its folder in the catalogue holds what it builds on`,
      }
    case 'failed': {
      const why = seen.code === null ? null : hresultMessage(seen.code)
      return {
        fr: `${id} n’a pas pu être installée${why === null ? '' : `\u202f: ${why.fr}`}`,
        en: `${id} could not be installed${why === null ? '' : `: ${why.en}`}`,
      }
    }
  }
}

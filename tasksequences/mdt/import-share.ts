import type { Locale } from '../../text/quantities.ts'
import { translateApplications } from './applications.ts'
import type { Application } from './application.ts'
import { answerCommand, isTemplateCommand } from './defaults.ts'
import { oneLine, uniqueIds } from './foreign-text.ts'
import { guidOf } from './list-file.ts'
import { manifestFile, packFile, type ImportedPackage } from './imported-files.ts'
import { remark } from './remarks.ts'
import { byEtabli, left, taken, takenWith, type Outcome, type ReportLine } from './report.ts'
import type { MdtRule } from './rules.ts'
import { readShare } from './read-share.ts'
import type { Share, ShareSequence, ShareSource } from './share.ts'
import { codesIn, nodesOf } from './task-sequence-file.ts'
import { translateDrivers, type ImportedPack } from './translate-drivers.ts'
import {
  itemOf,
  translateImages,
  translatePackages,
  type ImportedImage,
  type ImportedUpdate,
} from './translate-images.ts'
import { translateRules } from './translate-rules.ts'
import { translateSequence, type TranslatedSequence } from './translate-sequence.ts'
import { windowsValue } from './windows-values.ts'

/** All that an MDT share comes to here. The same share gives the same value. */
export type MdtImport = {
  readonly sequences: readonly TranslatedSequence[]
  readonly packages: readonly ImportedPackage[]
  readonly packs: ReadonlyArray<ImportedPack & { readonly packYaml: string }>
  readonly images: readonly ImportedImage[]
  readonly updates: readonly ImportedUpdate[]
  readonly rules: readonly MdtRule[]
  /** One line for every thing in the share. */
  readonly report: readonly ReportLine[]
}

/** Reads a share and translates it; null when the listing holds nothing of MDT's. `language` is that of comments in what is written. */
export async function importShare(source: ShareSource, language: Locale): Promise<MdtImport | null> {
  const share = await readShare(source)
  return share === null ? null : translateShare(share, language)
}

/** Translates a share that has been read. Pure and total. */
export function translateShare(share: Share, language: Locale): MdtImport {
  const applications = translateApplications(share, successCodes(share))
  const idFor = uniqueIds()
  const ids = share.sequences.map(({ id }) => idFor(id, 'sequence'))
  const sequenceIds = new Map<string, string>()
  share.sequences.forEach(({ id, steps }, index) => {
    const own = ids[index]
    if (own !== undefined && steps !== null && !sequenceIds.has(id.toLowerCase()))
      sequenceIds.set(id.toLowerCase(), own)
  })
  const files = [share.customSettings, share.bootstrap].filter((file) => file !== null)
  const rules = translateRules(files, { sequenceIds, applications })
  const sequences = share.sequences.map((sequence, index) =>
    translateSequence(sequence, { id: ids[index] ?? '', share, applications, defaults: rules.defaults, language }),
  )
  const [drivers, images, updates] = [translateDrivers(share), translateImages(share), translatePackages(share)]
  return {
    sequences: sequences.map(({ translated }) => translated),
    packages: [...applications.values()].flatMap(({ installing, folder }) =>
      installing.by === 'package'
        ? [
            {
              id: installing.id,
              folder,
              manifest: installing.manifest,
              manifestYaml: manifestFile(installing.manifest, language),
            },
          ]
        : [],
    ),
    packs: drivers.packs.map((pack) => ({ ...pack, packYaml: packFile(pack) })),
    images: images.images,
    updates: updates.updates,
    rules: rules.rules,
    report: [
      ...fileLines(share),
      ...sequences.flatMap(({ lines }, index) => [...lines, ...answerLines(share.sequences[index], ids[index] ?? '')]),
      ...images.lines,
      ...applicationLines(applications),
      ...drivers.lines,
      ...updates.lines,
      ...profileLines(share),
      ...rules.lines,
    ],
  }
}

/** Exit codes that steps take as success, by the application they install. */
function successCodes({ sequences }: Share): ReadonlyMap<string, ReadonlySet<number>> {
  const codes = new Map<string, Set<number>>()
  for (const node of sequences.flatMap(({ steps }) => (steps === null ? [] : nodesOf(steps.children)))) {
    const guid = node.kind === 'step' ? guidOf(node.variables.get('applicationguid') ?? '') : ''
    if (node.kind !== 'step' || guid === '') continue
    const found = codes.get(guid) ?? new Set()
    for (const code of codesIn(node.variables.get('applicationsuccesscodes') ?? ''))
      if (found.size < 32) found.add(code)
    codes.set(guid, found)
  }
  return codes
}

function fileLines({ files }: Share): ReportLine[] {
  return files.map(({ path, state }) => ({
    item: { kind: 'file', key: `file:${path}`, name: path.split('/').at(-1) ?? path, file: path },
    outcome: state.is === 'read' ? byEtabli(remark('MDT_FILE_READ', { count: state.items })) : left(state.because),
  }))
}

function applicationLines(applications: ReadonlyMap<string, Application>): ReportLine[] {
  return [...applications.values()].map(({ entry, outcome }, index) => ({
    item: itemOf('application', index, entry, 'Applications.xml'),
    outcome,
  }))
}

function profileLines({ selectionProfiles }: Share): ReportLine[] {
  return selectionProfiles.map((entry, index) => ({
    item: itemOf('selection-profile', index, entry, 'SelectionProfiles.xml'),
    outcome: byEtabli(remark('MDT_PROFILE_UNUSED')),
  }))
}

/** A line for each component and command of a sequence's answer file. */
function answerLines(sequence: ShareSequence | undefined, id: string): ReportLine[] {
  const parts = sequence?.answers ?? []
  return parts.map((part, index) => ({
    item: {
      kind: 'answer',
      key: `answer:${id}:${index}`,
      name: oneLine(`${part.pass}, ${part.name}`),
      file: `Control/${sequence?.id ?? ''}/Unattend.xml`,
    },
    outcome: answerOutcome(part, sequence?.steps !== null),
  }))
}

function answerOutcome(part: ShareSequence['answers'][number], isWritten: boolean): Outcome {
  if (part.kind === 'command') {
    if (isTemplateCommand(part.command)) return byEtabli(remark('MDT_ANSWER_TEMPLATE'))
    const command = isWritten ? answerCommand(part.command) : null
    if (command === null) return left(remark('MDT_STEP_SECRET_TEXT'))
    return takenWith('run-command', [remark('MDT_ANSWER_EARLIER', { pass: part.pass })])
  }
  const own = remark('MDT_ANSWER_OWN_FILE')
  if (/^windowsPE$/i.test(part.pass)) return byEtabli(own)
  const values = [...part.settings].flatMap(([path, value]) => {
    const name = answerNames[path]
    return name !== undefined && windowsValue(name, value) !== null ? [`variables.${name}`] : []
  })
  const oem = [...part.settings.keys()].some((path) => path.startsWith('OEMInformation/'))
    ? ['prepare-windows (oem)']
    : []
  const as = [...values, ...oem].join(', ')
  return as === '' ? left(own) : taken(as, own)
}

const answerNames: Readonly<Record<string, 'timezone' | 'locale' | 'language' | 'keyboard' | 'computerName'>> = {
  TimeZone: 'timezone',
  UserLocale: 'locale',
  UILanguage: 'language',
  InputLocale: 'keyboard',
  ComputerName: 'computerName',
}

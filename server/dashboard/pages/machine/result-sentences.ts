import { clockSentence } from '../../../../text/clock-sentence.ts'
import { formatBytes, formatDuration, formatMemory } from '../../../../text/quantities.ts'
import { translate, typeset, type Language } from '../../i18n/text.ts'

type Result = Readonly<Record<string, unknown>>
type Say = (result: Result, language: Language) => string[]

const isRecord = (value: unknown): value is Result => typeof value === 'object' && value !== null
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const field = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined)
/** Names of a list's items, as many as one reads. */
const namesOf = (value: unknown, name: string): string =>
  listOf(value)
    .map((one) => textOf(typeof one === 'string' ? one : field(one, name)))
    .filter((one) => one !== '')
    .slice(0, 8)
    .join(', ')

/** What each step's result says, by its type. Results come from agents of other versions, too: what is not there is not said. */
const says: Readonly<Record<string, Say>> = {
  'check-hardware': ({ memoryBytes, disks }, language) => [
    ...(typeof memoryBytes === 'number'
      ? [translate(language, 'result.memory', { size: formatMemory(memoryBytes, language) })]
      : []),
    ...listOf(disks).map((disk) => {
      const [model, bytes] = [textOf(field(disk, 'model')), field(disk, 'sizeBytes')]
      return `${model} ${typeof bytes === 'number' ? formatBytes(bytes, language) : ''}`.trim()
    }),
  ],
  'partition-disk': ({ disk, partitions }, language) => {
    const count = Array.isArray(partitions)
      ? partitions.length
      : isRecord(partitions)
        ? Object.keys(partitions).length
        : 0
    const name = textOf(disk) || `${textOf(field(disk, 'model'))} ${textOf(field(disk, 'serial'))}`.trim()
    const n = typeof partitions === 'number' ? partitions : count
    return name === '' ? [] : [translate(language, 'result.partitions', { n, disk: name })]
  },
  'apply-image': ({ sizeBytes, seconds }, language) =>
    typeof sizeBytes === 'number' && typeof seconds === 'number'
      ? [
          translate(language, 'result.image', {
            size: formatBytes(sizeBytes, language),
            duration: formatDuration(seconds, language),
          }),
        ]
      : [],
  'inject-drivers': ({ infs, packs }, language) => [
    translate(language, 'result.drivers.copied', { n: Number(infs ?? 0) }) + from(namesOf(packs, 'pack')),
  ],
  'prepare-windows': ({ computerName, language: spoken, account, clock }, language) =>
    [
      ...clockOf(field(clock, 'found'), language),
      textOf(computerName) === '' || computerName === '*'
        ? ''
        : translate(language, 'result.name', { name: textOf(computerName) }),
      textOf(spoken) === '' ? '' : translate(language, 'result.language', { language: textOf(spoken) }),
      textOf(account) === '' ? '' : translate(language, 'result.account', { account: textOf(account) }),
    ].filter((one) => one !== ''),
  'install-drivers': ({ installed, problemsAfter }, language) => [
    translate(language, 'result.drivers.installed', { n: listOf(installed).length }),
    ...(listOf(problemsAfter).length === 0
      ? []
      : [
          translate(language, 'result.devices', { n: listOf(problemsAfter).length }) +
            from(namesOf(problemsAfter, 'name')),
        ]),
  ],
  'windows-update': ({ installed, failed, left }, language) => [
    translate(language, 'result.updates', { n: listOf(installed).length }) + from(namesOf(installed, 'kb')),
    ...listOf(failed).map(
      (one) =>
        `${translate(language, 'result.update.failed', { title: textOf(field(one, 'title')) })}${why(one, language)}`,
    ),
    ...listOf(left).map(
      (one) =>
        `${translate(language, 'result.update.left', { title: textOf(field(one, 'title')) })}${why(one, language)}`,
    ),
  ],
  'install-software': ({ installed }, language) =>
    listOf(installed).map((one) => {
      const name = textOf(field(one, 'name')) || textOf(field(one, 'id'))
      const version = textOf(field(one, 'version'))
      const there = field(one, 'action') === 'present' ? 'result.software.present' : 'result.software.installed'
      return translate(language, there, { name: `${name} ${version}`.trim() })
    }),
  'remove-apps': ({ removed, absent, failed }, language) => [
    translate(language, 'result.removed', { n: Number(removed ?? 0) }),
    ...(Number(absent ?? 0) === 0 ? [] : [translate(language, 'result.absent', { n: Number(absent) })]),
    ...(listOf(failed).length === 0
      ? []
      : [translate(language, 'result.kept', { n: listOf(failed).length }) + from(namesOf(failed, 'name'))]),
  ],
  'create-shortcuts': ({ shortcuts }, language) => [
    translate(language, 'result.shortcuts', { n: listOf(shortcuts).length }),
  ],
  'set-windows': ({ settings }, language) => [translate(language, 'result.settings', { n: listOf(settings).length })],
  'run-command': exitCode,
  'run-powershell': exitCode,
  verify: ({ items }, language) => {
    const of = (verdict: string): number => listOf(items).filter((one) => field(one, 'verdict') === verdict).length
    const failed = of('failed')
    return [
      translate(language, 'evidence.count.passed', { n: of('passed') }),
      ...(failed === 0 ? [] : [translate(language, 'evidence.count.failed', { n: failed })]),
    ]
  },
  seal: ({ agent }, language) => [translate(language, agent === 'keep' ? 'result.agent.kept' : 'result.agent.removed')],
}

function clockOf(found: unknown, language: Language): string[] {
  const [aheadSeconds, corrected] = [field(found, 'aheadSeconds'), field(found, 'corrected')]
  if (typeof aheadSeconds !== 'number' || typeof corrected !== 'boolean') return []
  return [typeset(language, clockSentence({ aheadSeconds, corrected })[language])]
}

function from(names: string): string {
  return names === '' ? '' : ` (${names})`
}

function why(one: unknown, language: Language): string {
  const reason = textOf(field(field(one, 'why'), language))
  return reason === '' ? '' : `, ${typeset(language, reason)}`
}

function exitCode({ code }: Result, language: Language): string[] {
  return typeof code === 'number' ? [translate(language, 'result.code', { code: String(code) })] : []
}

/** What a step found and did, in sentences; none for a step that has nothing to tell, or that is not known here. Pure. */
export function resultSentences(type: string, result: Result, language: Language): string[] {
  const say = Object.hasOwn(says, type) ? says[type] : undefined
  return say?.(result, language) ?? []
}

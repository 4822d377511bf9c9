import { field, type ListEntry } from './list-file.ts'
import { oneLine } from './foreign-text.ts'
import { remark, type Remark } from './remarks.ts'
import type { MdtStep } from './task-sequence-file.ts'

type Translated = {
  readonly input: Record<string, unknown>
  readonly because: readonly Remark[]
  readonly notes: readonly Remark[]
}

/** What `check-hardware` asks for what MDT's "Validate" asked: memory and disk in MB; the processor's clock says nothing today. */
export function hardwareOf({ variables }: MdtStep): Record<string, unknown> {
  const size = (name: string, unit: string): string | null => {
    const amount = /^\d{1,9}$/.exec(variables.get(name) ?? '')?.[0]
    return amount === undefined || Number(amount) === 0 ? null : `${Number(amount)} ${unit}`
  }
  const [memory, disk] = [size('imagememory', 'MB'), size('imagesize', 'MB')]
  return { ...(memory === null ? {} : { memoryAtLeast: memory }), ...(disk === null ? {} : { diskAtLeast: disk }) }
}

const labelPattern = /^[^\u0000-\u001f"*/:<>?\\|]{1,32}$/

type Partition = { type: string; name: string; letter: string }

/** The partitions of a disk step, from its numbered variables. */
function partitionsOf({ variables }: MdtStep): Partition[] {
  const count = Math.min(Number.parseInt(variables.get('osdpartitions') ?? '0', 10) || 0, 32)
  return Array.from({ length: count }, (_, index) => {
    const of = (name: string): string => variables.get(`osdpartitions${index}${name}`) ?? ''
    return { type: of('type').toLowerCase(), name: of('volumename'), letter: of('volumelettervariable') }
  })
}

/** `partition-disk` for one of MDT's disk steps: one layout, on the only internal disk. */
export function diskOf(step: MdtStep): Translated {
  const { variables } = step
  const own = (one: Partition): boolean =>
    /^(efi|msr|recovery|logical-system)$/.test(one.type) ||
    /system reserved|recovery|bitlocker|bde|^boot$/i.test(one.name)
  const others = partitionsOf(step).filter((one) => !own(one))
  const windows = others.find(({ name }) => /windows|^os|osdisk/i.test(name)) ?? others[0]
  const extra = others.filter((one) => one !== windows)
  const index = variables.get('osddiskindex') ?? '0'
  const label = windows !== undefined && labelPattern.test(windows.name) ? windows.name : null
  const isBios = !/^gpt$/i.test(variables.get('osdpartitionstyle') ?? '')
  return {
    input: { disk: 'only', ...(label === null ? {} : { label }) },
    because:
      extra.length === 0
        ? []
        : [remark('MDT_PARTITION_EXTRA', { names: oneLine(extra.map(({ name, type }) => name || type).join(', ')) })],
    notes: [
      remark('MDT_PARTITION_DISK', { disk: oneLine(index, 20) }),
      ...(isBios ? [remark('MDT_PARTITION_GPT')] : []),
    ],
  }
}

/** Windows' own ids of editions, in the letters `apply-image` compares with. */
const editionPattern = /^[A-Za-z]{3,48}$/

/** What of an image a sequence can ask for. */
export type ImageOf = {
  readonly input: { readonly edition?: string; readonly windows?: 10 | 11 }
  readonly because: readonly Remark[]
}

/** `apply-image` for an operating system of the share's list. */
export function imageOf(entry: ListEntry | null): ImageOf {
  if (entry === null) return { input: {}, because: [remark('MDT_OS_GUID_UNKNOWN')] }
  const build = field(entry, 'Build')
  const [major = 0, , number = 0] = build.split('.').map(Number)
  const flags = field(entry, 'Flags')
  const isServer = /^server/i.test(flags) || /server/i.test(field(entry, 'ImageName'))
  const isOld = major > 0 && major < 10
  const windows = isServer || isOld || major === 0 ? null : number >= 22_000 ? 11 : 10
  const edition = editionPattern.test(flags) ? editionName(flags) : null
  const file = field(entry, 'ImageFile')
  const isCaptured = !/sources[\\/]install\.(wim|esd|swm)$/i.test(file)
  return {
    input: { ...(edition === null ? {} : { edition }), ...(windows === null ? {} : { windows }) },
    because: [
      ...(isOld ? [remark('MDT_OS_OLD', { build: oneLine(build, 40) })] : []),
      ...(isServer ? [remark('MDT_OS_SERVER')] : []),
      ...(/^x86$/i.test(field(entry, 'Platform')) ? [remark('MDT_32_BIT')] : []),
      ...(edition === null ? [remark('MDT_OS_EDITION_UNKNOWN', { name: oneLine(field(entry, 'Name')) })] : []),
      ...(isCaptured ? [remark('MDT_OS_CAPTURED', { file: oneLine(file) })] : []),
    ],
  }
}

/** `PROFESSIONAL`, as old tools wrote it, is `Professional`. */
function editionName(flags: string): string {
  return flags === flags.toUpperCase() ? flags.charAt(0) + flags.slice(1).toLowerCase() : flags
}

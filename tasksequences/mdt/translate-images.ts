import { isUpdateFile, readUpdateName } from '../../images/updates/update-file.ts'
import { missing } from './payload.ts'
import { oneLine } from './foreign-text.ts'
import { imageOf } from './install-steps.ts'
import { field, type ListEntry } from './list-file.ts'
import { remark } from './remarks.ts'
import { left, takenWith, type Item, type Outcome, type ReportLine } from './report.ts'
import { sharePath, type Share } from './share.ts'
import type { ImageWish } from '../steps/takes.ts'

/** An operating system of the share: the image file to import, and what an image has to be to stand for it. */
export type ImportedImage = {
  readonly name: string
  readonly wish: ImageWish
  /** From the share's root on, with its index. */
  readonly file: string
  readonly index: number
}

/** An update file of the share. */
export type ImportedUpdate = { readonly file: string; readonly kb: string | null }

/** Each operating system of the list as an image wish; one line each. */
export function translateImages(share: Share): { images: readonly ImportedImage[]; lines: readonly ReportLine[] } {
  const images: ImportedImage[] = []
  const lines = share.operatingSystems.map((entry, index): ReportLine => {
    const file = sharePath(field(entry, 'ImageFile'))
    const outcome = imageOutcome(share, entry, file)
    const language = field(entry, 'Language')
    if ('as' in outcome)
      images.push({
        name: oneLine(field(entry, 'Name')),
        wish: {
          ...imageOf(entry).input,
          ...(/^[a-z]{2,3}-[A-Z][A-Za-z]{1,3}(-[A-Z]{2})?$/.test(language) ? { language } : {}),
        },
        file,
        index: Number.parseInt(field(entry, 'ImageIndex'), 10) || 1,
      })
    return { item: itemOf('operating-system', index, entry, 'OperatingSystems.xml'), outcome }
  })
  return { images, lines }
}

function imageOutcome(share: Share, entry: ListEntry, file: string): Outcome {
  if (!entry.isEnabled) return left(remark('MDT_DISABLED'))
  if (/^x86$/i.test(field(entry, 'Platform'))) return left(remark('MDT_32_BIT'))
  const { input, because } = imageOf(entry)
  const wish = [input.windows === undefined ? [] : [`Windows ${input.windows}`], input.edition ?? []].flat().join(' ')
  const payload = file === '' ? [] : missing(share, file)
  return takenWith(`apply-image${wish === '' ? '' : ` (${wish})`}`, [...because, ...payload])
}

/** Each package of the list as an update file; one line each. */
export function translatePackages(share: Share): { updates: readonly ImportedUpdate[]; lines: readonly ReportLine[] } {
  const updates: ImportedUpdate[] = []
  const lines = share.packages.map((entry, index): ReportLine => {
    const file = sharePath(field(entry, 'Source'))
    const outcome = packageOutcome(share, entry, file)
    if ('as' in outcome) updates.push({ file, kb: kbOf(entry, file) })
    return { item: itemOf('package', index, entry, 'Packages.xml'), outcome }
  })
  return { updates, lines }
}

function kbOf(entry: ListEntry, file: string): string | null {
  return (
    readUpdateName(file).kb ?? readUpdateName(field(entry, 'Name')).kb ?? readUpdateName(field(entry, 'Comments')).kb
  )
}

function packageOutcome(share: Share, entry: ListEntry, file: string): Outcome {
  if (!entry.isEnabled) return left(remark('MDT_DISABLED'))
  const type = field(entry, 'PackageType')
  if (/language|feature|ondemand/i.test(type))
    return left(remark('MDT_PACKAGE_LANGUAGE', { language: oneLine(`${type} ${field(entry, 'Language')}`) }))
  if (/^x86$/i.test(field(entry, 'ProcessorArchitecture') || field(entry, 'Architecture')))
    return left(remark('MDT_32_BIT'))
  if (!isUpdateFile(file)) return left(remark('MDT_PACKAGE_NO_FILE'))
  const name = file.split('/').at(-1) ?? file
  return takenWith(`updates/${oneLine(name)}`, missing(share, file), remark('MDT_UPDATES_WITH_WINDOWS_UPDATE'))
}

/** The item of a list's entry. */
export function itemOf(kind: Item['kind'], index: number, entry: ListEntry, list: string): Item {
  return {
    kind,
    key: `${kind}:${index}`,
    name: oneLine(field(entry, 'Name')) || entry.guid || '—',
    file: `Control/${list}`,
  }
}

import type { BoardModel } from '../../images/driver-packs/driver-pack.ts'
import { isMaterialPath } from '../../images/material-path.ts'
import { missing } from './payload.ts'
import { oneLine } from './foreign-text.ts'
import { field, fieldValues, guidOf, type ListEntry } from './list-file.ts'
import { folderMeaning, type FolderMeaning } from './pack-models.ts'
import { remark } from './remarks.ts'
import { left, taken, takenWith, type Item, type Outcome, type ReportLine } from './report.ts'
import { sharePath, type Share } from './share.ts'

/** A driver pack of the import: its name, the boards it is for, and the share's folders whose files it takes. */
export type ImportedPack = {
  readonly name: string
  readonly models: readonly BoardModel[]
  /** Where it comes from, for its `pack.yaml`. */
  readonly group: string
  /** Folders of INFs, from the share's root on, each once. */
  readonly folders: readonly string[]
}

const ungrouped = 'MDT'
const builtIn = new Set(['default', 'hidden'])

/** Makes a pack of each driver folder, and one of the drivers that lie in none; a line for each driver and each folder. */
export function translateDrivers(share: Share): { packs: readonly ImportedPack[]; lines: readonly ReportLine[] } {
  const groups = share.driverGroups.map((entry) => {
    const name = field(entry, 'Name')
    const isBuiltIn = builtIn.has(name.toLowerCase())
    return { entry, name, isBuiltIn, meaning: isBuiltIn ? ({ is: 'general' } as const) : folderMeaning(name) }
  })
  const homes = new Map<string, Array<(typeof groups)[number]>>()
  for (const group of groups)
    if (!group.isBuiltIn && group.entry.isEnabled)
      for (const member of fieldValues(group.entry, 'Member')) {
        const guid = guidOf(member)
        homes.set(guid, [...(homes.get(guid) ?? []), group])
      }
  const packNames = uniqueNames(groups.filter(({ isBuiltIn }) => !isBuiltIn).map(({ name }) => name))
  const folders = new Map<string, Set<string>>()
  const lines: ReportLine[] = []
  for (const [index, driver] of share.drivers.entries()) {
    const all = homes.get(driver.guid) ?? []
    const used = all.filter(({ meaning }) => meaning.is !== 'windows-pe')
    const names = all.length === 0 ? [ungrouped] : used.map(({ name }) => packNames.get(name) ?? ungrouped)
    const folder = sharePath(field(driver, 'Source')).split('/').slice(0, -1).join('/')
    const outcome = driverOutcome(share, driver, names, folder)
    if (outcome.verdict === 'taken' || outcome.verdict === 'look')
      for (const name of names) folders.set(name, (folders.get(name) ?? new Set()).add(folder))
    const item: Item = {
      ...{ kind: 'driver', key: `driver:${index}`, file: 'Control/Drivers.xml' },
      name: oneLine(field(driver, 'Name')) || driver.guid,
    }
    lines.push({ item, outcome })
  }
  const packs: ImportedPack[] = []
  for (const [index, { name, isBuiltIn, meaning, entry }] of groups.entries()) {
    const pack = packNames.get(name)
    const own = pack === undefined ? undefined : folders.get(pack)
    const models = meaning.is === 'model' ? [meaning.model] : []
    if (!isBuiltIn && pack !== undefined && own !== undefined && !packs.some((one) => one.name === pack))
      packs.push({ name: pack, models, group: name, folders: [...own].toSorted() })
    const item: Item = {
      ...{ kind: 'driver-group', key: `driver-group:${index}`, file: 'Control/DriverGroups.xml' },
      name: oneLine(name) || entry.guid,
    }
    lines.push({ item, outcome: groupOutcome(entry, meaning, isBuiltIn, own === undefined ? null : (pack ?? null)) })
  }
  const rest = folders.get(ungrouped)
  if (rest !== undefined) packs.push({ name: ungrouped, models: [], group: '', folders: [...rest].toSorted() })
  return { packs, lines }
}

function driverOutcome(share: Share, driver: ListEntry, packs: readonly string[], folder: string): Outcome {
  if (!driver.isEnabled) return left(remark('MDT_DISABLED'))
  if (packs.length === 0) return left(remark('MDT_DRIVER_WINPE'))
  const platforms = fieldValues(driver, 'Platform').map((one) => one.toLowerCase())
  if (platforms.length > 0 && !platforms.some((one) => one === 'x64' || one === 'amd64'))
    return left(remark('MDT_32_BIT'))
  if (folder === '' || folder.split('/').includes('..'))
    return left(remark('MDT_PAYLOAD_MISSING', { path: oneLine(field(driver, 'Source')) }))
  return takenWith(packs.map((name) => `drivers/${name}`).join(', '), missing(share, folder))
}

function groupOutcome(entry: ListEntry, meaning: FolderMeaning, isBuiltIn: boolean, pack: string | null): Outcome {
  if (!entry.isEnabled) return left(remark('MDT_DISABLED'))
  if (meaning.is === 'windows-pe') return left(remark('MDT_DRIVER_WINPE'))
  if (pack === null) return left(remark(isBuiltIn ? 'MDT_FILE_UNUSED' : 'MDT_PACK_EMPTY'))
  const as = `drivers/${pack}`
  switch (meaning.is) {
    case 'model': {
      const { manufacturer, product } = meaning.model
      return takenWith(as, [remark('MDT_PACK_MODEL_GUESSED', { manufacturer, product: oneLine(product) })])
    }
    case 'unknown':
      return takenWith(as, [remark('MDT_PACK_MODEL_UNKNOWN')])
    case 'general':
      return taken(as)
  }
}

/** Folder names of packs, by group: what Windows and the catalogue allow, each its own. */
function uniqueNames(groups: readonly string[]): ReadonlyMap<string, string> {
  const given = new Set([ungrouped.toLowerCase()])
  const names = new Map<string, string>()
  for (const group of groups) {
    if (names.has(group)) continue
    const plain = oneLine(group.replaceAll('\\', ' - ').replaceAll(/[/:*?"<>|]/g, '_'), 100).replace(/[. ]+$/, '')
    const wanted = isMaterialPath(plain) ? plain : 'pilotes'
    let name = wanted
    for (let number = 2; given.has(name.toLowerCase()); number += 1) name = `${wanted} ${number}`
    given.add(name.toLowerCase())
    names.set(group, name)
  }
  return names
}

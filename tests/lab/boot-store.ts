import { join } from 'node:path'
import { expect } from 'vitest'
import { elements, objectTypes, wellKnown } from '../../images/bcd/well-known.ts'
import { windowsStore } from '../../images/bcd/windows-store.ts'
import { foreignSamples } from '../foreign-samples.ts'
import { asForeign, readByHivexml, type ForeignStore } from '../interop/hivex.ts'
import type { OpenedDisk } from './disk-image.ts'

/** Object by object what bcdboot would write for this disk, in the eyes of hivex, which knows nothing of ours. */
export function expectStoreOf(file: string, disk: OpenedDisk): void {
  const [esp = '', , windows = ''] = disk.partitions.map(({ uuid }) => uuid.toLowerCase())
  const found = readByHivexml(file)
  const idOf = (type: number): string => Object.entries(found).find(([, object]) => object.type === type)?.[0] ?? ''
  const ids = { osloader: idOf(objectTypes.osloader), resume: idOf(objectTypes.resume) }
  const partitions = { disk: disk.id.toLowerCase(), esp, windows }
  expect(found).toEqual(asForeign(windowsStore({ partitions, description: 'Windows 11', locale: 'fr-FR', ids })))
}

/** What a store in use has more than one just made, by object, and who has put it there. */
const windowsOwn: Record<string, string[]> = {
  // Noted by newer boot managers as they start and resume; stores without them start (facts of three makers' stores).
  bootmgr: ['1600007e', '26000005', '26000025'],
  // Recovery: reagentc adds its sequence and switch at the end of Windows' setup, and the message that goes with it.
  osloader: ['14000008', '16000009', '15000066', '1600007e'],
  // Recovery again; the hibernation file's own system and debug switch come when hibernation is first set up.
  resume: ['14000008', '16000009', '21000026', '26000006'],
}
/** Texts and numbers a store may choose: words for people, the locale, how long a menu would be shown. */
const chosen = new Set(['description', 'locale', 'timeout'])

/**
 * Holds our store against the one that Windows 11 itself wrote on a NUC: the same objects of the same types, each with
 * the same elements, but for the listed ones; the same values wherever they name no disk and no random id.
 * What else the NUC's store holds is the firmware's menu ({fwbootmgr} and 101fffff entries, which Windows copies from
 * NVRAM) and the recovery environment, which Windows adds when it enables it.
 */
export function expectLikeTheNucs(file: string): void {
  if (foreignSamples === null) return console.log('skipped: no store of a real NUC to compare with')
  const [ours, real] = [file, join(foreignSamples, 'bcd/nuc8-esp.bcd')].map((one) => byRole(readByHivexml(one)))
  expect(Object.keys(ours ?? {}).toSorted()).toEqual(Object.keys(real ?? {}).toSorted())
  for (const [role, object] of Object.entries(ours ?? {})) {
    const counterpart = real?.[role]
    expect(object.type, role).toBe(counterpart?.type)
    const theirs = Object.keys(counterpart?.elements ?? {}).filter((one) => windowsOwn[role]?.includes(one) !== true)
    expect(Object.keys(object.elements).toSorted(), role).toEqual(theirs.toSorted())
    for (const [number, value] of Object.entries(object.elements)) {
      if (namesNoDisk(number)) expect(value, `${role} ${number}`).toEqual(counterpart?.elements[number])
    }
  }
}

/** Devices hold GUIDs of partitions, references random ids; lists of settings hold well-known ones. */
function namesNoDisk(number: string): boolean {
  const name = Object.entries(elements).find(([, one]) => one.toString(16).padStart(8, '0') === number)?.[0] ?? ''
  const isDevice = number[1] === '1'
  const isReference = number[1] === '3' || name === 'displayOrder'
  return !isDevice && !isReference && !chosen.has(name)
}

/** The objects that make one Windows start, by what they are to it. */
function byRole(store: ForeignStore): ForeignStore {
  const bootmgr = store[wellKnown.bootmgr]
  const referred = (number: number): string =>
    String(bootmgr?.elements[number.toString(16)] ?? '').replaceAll(/[{}]/g, '')
  const firmwares: readonly string[] = ['fwbootmgr', 'ramdiskoptions']
  const known = Object.fromEntries(Object.entries(wellKnown).filter(([name]) => !firmwares.includes(name)))
  const ids = { ...known, osloader: referred(elements.bootDefault), resume: referred(elements.bootResume) }
  const roles = Object.entries(ids).map(([role, id]) => [role, store[id]] as const)
  return Object.fromEntries(roles.flatMap(([role, object]) => (object === undefined ? [] : [[role, object]])))
}

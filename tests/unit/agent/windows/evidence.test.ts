import { describe, expect, test } from 'vitest'
import type { EvidenceItem } from '../../../../agent/protocol/evidence.ts'
import { refusalMessage } from '../../../../agent/windows/evidence/activate.ts'
import { activationItems } from '../../../../agent/windows/evidence/activation.ts'
import { appControlItems } from '../../../../agent/windows/evidence/app-control.ts'
import { appItems, unwantedOf } from '../../../../agent/windows/evidence/apps.ts'
import { driverItems } from '../../../../agent/windows/evidence/devices.ts'
import { diskItems, spaceItems } from '../../../../agent/windows/evidence/disks.ts'
import { editionItems } from '../../../../agent/windows/evidence/edition.ts'
import { firmwareVersionItems } from '../../../../agent/windows/evidence/firmware.ts'
import { boxItems, radioItems } from '../../../../agent/windows/evidence/hardware.ts'
import { readApps, readHardware, readWindows } from '../../../../agent/windows/evidence/measurements.ts'
import {
  bootManagerItems,
  encryptionItems,
  firmwareItems,
  firstSignInItems,
} from '../../../../agent/windows/evidence/protection.ts'
import { recoveryItems } from '../../../../agent/windows/evidence/recovery.ts'
import { softwareItems } from '../../../../agent/windows/evidence/software.ts'
import { updateWishes } from '../../../../agent/windows/evidence/update-wishes.ts'
import { updateItems } from '../../../../agent/windows/evidence/updates.ts'
import { evidenceOf } from '../../../../agent/windows/evidence/verdict.ts'
import { readSearchAnswer } from '../../../../agent/windows/updates/found-update.ts'
import { recordedScript } from './recordings.ts'

const windows = (which: string) => readWindows(recordedScript('measure-windows', which).result)
const hardware = (which: string) => readHardware(recordedScript('measure-hardware', which).result)
const activated = windows('11-pro-activated')
const withoutLicence = windows('10-home-without-licence')
const nuc = hardware('nuc13')
const worn = hardware('worn-disk-no-drivers')
const nothing = { windows: readWindows(null), hardware: readHardware({ processor: 'i5' }), apps: readApps(undefined) }

const image = (edition: string) => ({
  ...{ id: 'w', name: 'Windows', path: '/', sizeBytes: 1, contentBytes: 1, sha256: '', edition },
  languages: ['fr-FR'],
})
const told = (items: readonly EvidenceItem[]): string[] =>
  items.map(({ id, measured, verdict }) => `${id} ${verdict}: ${measured.en}`)

describe('Windows', () => {
  test('the edition as ordered', () => {
    expect(told(editionItems(activated, image('Professional')))).toEqual(['edition passed: Windows 11 Pro'])
  })

  test.each([
    ['another edition than ordered', activated, image('Core'), 'edition failed: Windows 11 Pro'],
    ['no image in this run', withoutLicence, undefined, 'edition noted: Windows 10 Home'],
    ['not measured', nothing.windows, image('Core'), 'edition failed: not measured'],
    ['not measured, and nothing ordered', nothing.windows, undefined, 'edition noted: not measured'],
  ])('%s', (_name, measured, ordered, item) => {
    expect(told(editionItems(measured, ordered))[0]).toBe(item)
  })

  const licence = (differences: Partial<NonNullable<typeof activated.licence>>) => {
    const { licence: found } = activated
    return { ...activated, licence: found && { ...found, ...differences } }
  }

  test.each([
    ['activated', activated, 'passed: activated (OEM_DM), key in the firmware'],
    [
      'not yet, with a key in the firmware',
      licence({ statuses: [5] }),
      'failed: not activated (OEM_DM), key in the firmware',
    ],
    [
      'the firmware’s key is for Home',
      licence({ statuses: [5], firmwareEdition: '[4.0] Core OEM:DM' }),
      'failed: not activated (OEM_DM), the firmware’s key is for another edition',
    ],
    ['neither', withoutLicence, 'failed: not activated (RETAIL), no key in the firmware'],
    ['not measured', nothing.windows, 'failed: not measured'],
  ])('activation: %s', (_name, measured, item) => {
    expect(told(activationItems(measured))).toEqual([`activation ${item}`])
  })

  test('a refused activation says why, as people look it up', () => {
    const [item] = activationItems(licence({ statuses: [5] }), refusalMessage(0xc004c003))
    expect(item).toMatchObject({ verdict: 'failed' })
    expect(item?.measured.fr).toContain('\u202f; clé bloquée par Microsoft (0xC004C003)')
    expect(refusalMessage(0x80072ee7).en).toBe('server name not found (DNS) (0x80072EE7)')
    expect(activationItems(activated, refusalMessage(0xc004c003))[0]?.measured.en).not.toContain('blocked')
  })

  test('no licence key ever reaches the evidence', () => {
    const sent = { ...activated, licence: { ...activated.licence, key: 'VK7JG-NPHTM-C97JM-9MPGT-3V66T' } }
    expect(JSON.stringify(activationItems(readWindows(sent)))).not.toContain('VK7JG')
  })
})

describe('pending updates', () => {
  const found = (which: string) => readSearchAnswer(recordedScript('update-search', which).result)
  const everything = updateWishes(undefined, 'ready-for-sale')

  test.each([
    ['nothing', 'nothing', 'passed: none'],
    ['only another version of Windows', 'upgrade-only.fr', 'passed: none'],
    ['no network', 'no-network.fr', 'failed: the search failed: server name not found (DNS) (0x8024402C); check the'],
    ['a cumulative update', 'waits-for-restart.fr', 'failed: 2025-10 Mise à jour cumulative pour Windows 11'],
  ])('%s', (_name, which, item) => {
    expect(told(updateItems(found(which), everything))[0]).toContain(`updates ${item}`)
  })

  test('antivirus definitions are no reason to keep a machine', () => {
    const [update] = found('waits-for-restart.fr')?.outcome === 'found' ? updatesOf('waits-for-restart.fr') : []
    const definition = { ...update, categories: ['E0789628-CE08-4437-BE74-2495B842F43B'] }
    const search = readSearchAnswer({ outcome: 'found', updates: [definition] })
    expect(told(updateItems(search, everything))).toEqual(['updates passed: none'])
  })

  test('what the run left out by name is told, and does not count', () => {
    const left = [{ title: 'x', kb: 'KB5066835', kind: 'security', reason: 'on-skip-list' }]
    const [item] = updateItems(found('waits-for-restart.fr'), updateWishes({ left }, 'ready-for-sale'))
    expect(item?.verdict).toBe('passed')
    expect(item?.measured.fr).toContain('aucune\u202f; laissées de côté\u202f: 2025-10 Mise à jour cumulative')
  })

  test.each(['failed-twice', 'offered-again'])('a security update given up, %s, fails by its name', (reason) => {
    const why = { fr: 'elle a échoué deux fois', en: 'it failed twice' }
    const left = [{ title: 'x', kb: 'KB5066835', kind: 'security', reason, why }]
    const items = updateItems(found('waits-for-restart.fr'), updateWishes({ left }, 'ready-for-sale'))
    expect(told(items).slice(1)).toEqual(['update:KB5066835 failed: not installed: it failed twice'])
    expect(evidenceOf(items, []).passed).toBe(false)
    expect(evidenceOf(items, ['update:KB5066835']).passed).toBe(true)
    expect(told(updateItems(found('nothing'), updateWishes({ left }, 'ready-for-sale')))).toHaveLength(1)
  })

  test('a driver given up is told, and keeps no machine', () => {
    const left = [{ title: '2025-10 Mise à jour cumulative', kb: null, kind: 'drivers', reason: 'failed-twice' }]
    const items = updateItems(found('waits-for-restart.fr'), updateWishes({ left }, 'ready-for-sale'))
    expect(evidenceOf(items, []).passed).toBe(true)
  })

  test('a kind the run did not ask for does not count; one whose passes were used up does', () => {
    const left = [
      { title: 'Intel - Net', kb: null, kind: 'drivers', reason: 'kind-not-included' },
      { title: 'x', kb: 'KB5066835', kind: 'security', reason: 'passes-used-up' },
    ]
    expect(updateWishes({ left }, 'ready-for-sale')).toEqual({
      kinds: ['security', 'quality', 'optional'],
      ...{ skipped: [], givenUp: [] },
    })
  })

  test('a machine from the shelf is asked for what is urgent', () => {
    expect(updateWishes(undefined, 'delivery').kinds).toEqual(['security', 'quality'])
  })

  function updatesOf(which: string) {
    const search = found(which)
    return search?.outcome === 'found' ? search.updates : []
  }
})

describe('the machine', () => {
  test('what is in the box', () => {
    expect(told(boxItems(nuc))).toEqual([
      'processor noted: 13th Gen Intel(R) Core(TM) i5-1340P',
      'memory noted: 16\u202fGB (8\u202fGB Crucial CT8G4SFRA32A.C8FE 3200 MT/s + 8\u202fGB Crucial CT8G4SFRA32A.C8FE 3200 MT/s), 2 of 2 slots',
    ])
    expect(told(boxItems(nothing.hardware))).toEqual(['processor noted: not measured', 'memory noted: not measured'])
  })

  test.each([
    ['a new disk', nuc, 'passed: Samsung SSD 980 500GB 500\u202fGB, healthy, 0% worn, 3 h'],
    ['a worn one', worn, 'failed: KINGSTON SA400S37120G 120\u202fGB, warning, 61% worn, 21044 h, 2 media error(s)'],
    ['none measured', nothing.hardware, 'failed: not measured'],
  ])('%s', (_name, measured, item) => {
    expect(told(diskItems(measured))).toEqual([`disk-health ${item}`])
  })

  test('a disk that keeps no count of its errors is no bad one', () => {
    const { disks } = nuc
    const silent = { disks: disks && { items: disks.items.map((one) => ({ ...one, health: 5, counter: null })) } }
    expect(told(diskItems(silent))).toEqual(['disk-health passed: Samsung SSD 980 500GB 500\u202fGB, unknown state'])
  })

  test.each([
    [
      'both work',
      nuc,
      ['wifi passed: Intel(R) Wi-Fi 6E AX211 160MHz', 'bluetooth passed: Intel(R) Wireless Bluetooth(R)'],
    ],
    [
      'a card without driver, and none',
      worn,
      ['wifi failed: there, without a driver that works', 'bluetooth noted: not in this machine'],
    ],
    ['not measured', nothing.hardware, ['wifi failed: not measured', 'bluetooth failed: not measured']],
  ])('radio: %s', (_name, measured, items) => {
    expect(told(radioItems(measured))).toEqual(items)
  })

  test('driver versions are noted; the screen has to have one of its maker', () => {
    expect(told(driverItems(nuc))).toEqual([
      'driver-display passed: Intel(R) Iris(R) Xe Graphics 32.0.101.6314',
      'driver-network noted: Intel(R) Ethernet Controller I226-V 2.1.4.3',
      'driver-storage noted: Contrôleur NVM Express standard 10.0.26100.1150',
      'driver-audio noted: Realtek(R) Audio 6.0.9654.1',
    ])
    expect(told(driverItems(worn))[0]).toBe('driver-display failed: Carte vidéo de base Microsoft 10.0.19041.868')
  })

  test('room on the disk', () => {
    expect(told([...spaceItems(activated), ...spaceItems(withoutLicence)])).toEqual([
      'free-space passed: 440\u202fGB of 498\u202fGB',
      'free-space failed: 9\u202fGB of 119\u202fGB',
    ])
  })
})

describe('protection', () => {
  test('Windows 11 wants Secure Boot and a TPM, Windows 10 does without', () => {
    expect(told(firmwareItems(activated))).toEqual(['secure-boot passed: on', 'tpm passed: 2.0, on'])
    const old = {
      ...activated,
      secureBoot: { state: 'off' as const },
      tpm: { present: true, version: '1.2', enabled: true },
    }
    expect(told(firmwareItems(old))).toEqual(['secure-boot failed: off', 'tpm failed: 1.2, on'])
    expect(told(firmwareItems(withoutLicence))).toEqual(['secure-boot noted: not supported', 'tpm noted: none'])
    expect(told(firmwareItems(nothing.windows))).toEqual([
      'secure-boot failed: not measured',
      'tpm failed: not measured',
    ])
  })

  test.each([
    ['off', activated, 'passed: off'],
    ['no such thing in this Windows', withoutLicence, 'passed: off'],
    ['begun', { encryption: { items: [{ drive: 'C:', protection: 0, conversion: 2 }] } }, 'failed: on for C:'],
    ['not measured', nothing.windows, 'failed: not measured'],
  ])('device encryption: %s', (_name, measured, item) => {
    expect(told(encryptionItems(measured))).toEqual([`device-encryption ${item}`])
  })

  test.each([
    [activated.bootManager?.issuer ?? '', 'generation 2011'],
    ['CN=Windows UEFI CA 2023, O=Microsoft Corporation, C=US', 'generation 2023'],
    ['', 'another signer (none)'],
  ])('boot manager of %s', (issuer, generation) => {
    const bootManager = { issuer, version: '10.0.26100.4061', update: 'Updated', capable: 1 }
    expect(told(bootManagerItems({ bootManager }))).toEqual([
      `boot-manager noted: ${generation}, 10.0.26100.4061, the firmware knows the certificate of 2023, change to the certificate of 2023: finished`,
    ])
  })
})

describe('what the customer finds when something goes wrong', () => {
  test('the recovery environment is enabled, on its own partition', () => {
    const of = (enabled: boolean, onRecoveryPartition: boolean) =>
      told(recoveryItems({ recovery: { enabled, onRecoveryPartition } }))
    expect(of(true, true)).toEqual(['recovery passed: enabled, on its own partition'])
    expect(of(true, false)).toEqual(['recovery failed: enabled, not on the recovery partition'])
    expect(of(false, false)).toEqual(['recovery failed: disabled'])
    expect(told(recoveryItems(nothing.windows))).toEqual(['recovery failed: not measured'])
  })

  test.each([
    ['none asked for', [], 'noted: ANRPL357.0027.2023.0607.1754'],
    ['new enough for its family', ['TNTGL357.0071', 'ANRPL357.0027'], 'passed: ANRPL357.0027.2023.0607.1754'],
    ['too old', ['ANRPL357.0031'], 'failed: ANRPL357.0027.2023.0607.1754'],
    ['another family', ['TNTGL357.0071'], 'noted: ANRPL357.0027.2023.0607.1754, not comparable with TNTGL357.0071'],
  ])('firmware: %s', (_name, wanted, item) => {
    expect(told(firmwareVersionItems(activated, wanted))).toEqual([`firmware ${item}`])
  })

  test('says what Smart App Control would do to the agent', () => {
    const [item] = appControlItems({ appControl: { state: 2 } })
    expect(item?.measured.en).toContain('blocks Établi’s agent, which is not signed')
    expect(told(appControlItems({ appControl: { state: -1 } }))).toEqual([
      'smart-app-control noted: not in this Windows',
    ])
    expect(told(appControlItems({ appControl: { state: 0 } }))).toEqual(['smart-app-control noted: off'])
  })

  test('the shell is registered at a first sign-in where that is needed', () => {
    const of = (needed: boolean, registered: boolean) =>
      firstSignInItems({ firstSignIn: { needed, registered } })[0]?.verdict
    expect([of(true, true), of(true, false), of(false, false)]).toEqual(['passed', 'failed', 'passed'])
    expect(firstSignInItems({ firstSignIn: null })[0]?.verdict).toBe('failed')
  })
})

describe('software and apps', () => {
  const why = { fr: 'x', en: 'x' }
  const profile = {
    name: 'x',
    items: [
      { kind: 'appx' as const, name: 'Microsoft.BingNews', why, title: { fr: 'Actualités', en: 'News' } },
      { kind: 'appx' as const, name: 'microsoft.bingnews', why },
      { kind: 'appx' as const, name: 'Microsoft.ZuneMusic', why },
      { kind: 'appx' as const, name: 'Microsoft.WindowsStore', why },
      { kind: 'capability' as const, name: 'App.Support.QuickAssist', why },
    ],
  }

  test('each unwanted app by name, once, without what has to stay', () => {
    const left = readApps(recordedScript('measure-apps', 'two-left').result)
    expect(told(appItems(left, unwantedOf([profile])))).toEqual([
      'app:microsoft.bingnews failed: there for new accounts, installed',
      'app:Microsoft.ZuneMusic passed: gone',
      'capability:App.Support.QuickAssist passed: gone',
    ])
    expect(told(appItems(nothing.apps, unwantedOf([profile])))[0]).toBe('app:microsoft.bingnews failed: not measured')
  })

  const said = (text: string) => ({ kind: 'said', text }) as const
  const found = {
    id: 'teamviewer-host',
    name: 'TeamViewer Host',
    finding: { there: true, version: '15.58.4' } as const,
    shortcut: { name: 'TeamViewer', there: true },
    reports: [
      { name: 'teamViewerId', title: { fr: 'Identifiant TeamViewer', en: 'TeamViewer ID' }, found: said('1234567890') },
    ],
  }

  test('TeamViewer with its shortcut and its ID', () => {
    expect(told(softwareItems(found))).toEqual([
      'software:teamviewer-host passed: installed, version 15.58.4',
      'shortcut:teamviewer-host passed: on everybody’s desktop',
      'report:teamViewerId passed: 1234567890',
    ])
  })

  test('what is missing is said', () => {
    const missing = {
      ...found,
      finding: { there: false, missing: 'HKLM\\SOFTWARE\\TeamViewer' } as const,
      shortcut: { name: 'TeamViewer', there: false },
      reports: found.reports.map((one) => ({ ...one, found: { kind: 'none' } as const })),
    }
    expect(told(softwareItems(missing))).toEqual([
      'software:teamviewer-host failed: missing: HKLM\\SOFTWARE\\TeamViewer',
      'shortcut:teamviewer-host failed: not on the desktop',
      'report:teamViewerId failed: not assigned yet',
    ])
  })

  test('what Windows could not be asked for is not said to be missing', () => {
    const unmeasured = found.reports.map((one) => ({ ...one, found: { kind: 'unmeasured' } as const }))
    expect(told(softwareItems({ ...found, finding: null, shortcut: null, reports: unmeasured }))).toEqual([
      'software:teamviewer-host failed: not measured',
      'report:teamViewerId failed: not measured',
    ])
  })
})

describe('the evidence as a whole', () => {
  const items = [...activationItems(withoutLicence), ...encryptionItems(activated)]
  test.each([
    ['a failed item', [], false, 'failed'],
    ['one the sequence allows', ['activation'], true, 'allowed'],
    ['another one allowed', ['updates'], false, 'failed'],
  ])('%s', (_name, allow, passed, verdict) => {
    const evidence = evidenceOf(items, allow)
    expect(evidence.passed).toBe(passed)
    expect(evidence.items[0]?.verdict).toBe(verdict)
  })

  test('a kind of items is allowed by the word before its colon', () => {
    const about = {
      title: { fr: 'x', en: 'x' },
      expected: null,
      measured: { fr: 'x', en: 'x' },
      verdict: 'failed',
    } as const
    expect(evidenceOf([{ id: 'shortcut:teamviewer-host', ...about }], ['shortcut']).passed).toBe(true)
  })
})

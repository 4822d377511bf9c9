import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canRun, missingPrograms } from '../machine/requirements.ts'

const initrd = 'build/environment/boot/initrd'
const noInitrd = existsSync(initrd) ? null : `no ${initrd}: build the environment`
const obstacle = noInitrd ?? missingPrograms(['zstd', 'cpio', 'modprobe'])

/** Vendor and product as on the box, and the class of the interface the driver takes: FF, the maker's own, unless told. */
const card = (ids: string, interfaceClass = 'FFFFFF'): string => {
  const [vendor, product] = ids.split(':')
  const [, main, sub, protocol] = /^(..)(..)(..)$/.exec(interfaceClass) ?? []
  return `usb:v${vendor}p${product}d0100dc00dsc00dp00ic${main}isc${sub}ip${protocol}in00`
}

/** The initrd as it is served, and kmod's own answer to the question the environment asks it for each device. */
describe.runIf(canRun('the drivers in the initrd', obstacle))('the initrd drives a network card on USB', () => {
  let tree: string
  let release: string

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'etabli-initrd-'))
    const unpack = 'set -o pipefail; zstd -q -d -c "$1" | cpio --quiet -i -d -D "$2"'
    expect(spawnSync('bash', ['-c', unpack, 'bash', initrd, tree], { encoding: 'utf8' })).toMatchObject({ status: 0 })
    ;[release = ''] = readdirSync(join(tree, 'usr/lib/modules'))
  })
  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  const driversOf = (modalias: string): string[] => {
    const resolve = ['-d', join(tree, 'usr'), '-S', release, '--resolve-alias', modalias]
    return spawnSync('modprobe', resolve, { encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
  }

  test.each([
    ['Realtek RTL8153, in most docks', card('0BDA:8153'), 'r8152'],
    ['Realtek RTL8156, 2.5 Gbit/s', card('0BDA:8156'), 'r8152'],
    ['Realtek RTL8150', card('0BDA:8150'), 'rtl8150'],
    ['ASIX AX88179', card('0B95:1790', 'FFFF00'), 'ax88179_178a'],
    ['ASIX AX88772', card('0B95:772B'), 'asix'],
    ['Aquantia AQC111U, 5 Gbit/s', card('2ECA:C101'), 'aqc111'],
    ['QNAP’s adapter with an AQC111U', card('1C04:0015'), 'aqc111'],
    ['Microchip LAN7800', card('0424:7800'), 'lan78xx'],
    ['SMSC LAN7500', card('0424:7500'), 'smsc75xx'],
    ['SMSC LAN9500', card('0424:9500'), 'smsc95xx'],
    ['MosChip MCS7830', card('9710:7830'), 'mcs7830'],
    ['WCH CH9200', card('1A86:E092'), 'ch9200'],
    ['Davicom DM9601', card('0A46:9601'), 'dm9601'],
    ['CoreChip SR9700', card('0FE6:9700'), 'sr9700'],
    ['CoreChip SR9800', card('0FE6:9800'), 'sr9800'],
    ['ADMtek Pegasus II', card('07A6:8513'), 'pegasus'],
    ['of any maker that speaks CDC ECM', card('1234:5678', '020600'), 'cdc_ether'],
    ['of any maker that speaks CDC NCM', card('1234:5678', '020D00'), 'cdc_ncm'],
    ['of any maker that speaks CDC EEM', card('1234:5678', '020C07'), 'cdc_eem'],
    ['of any maker that speaks RNDIS', card('1234:5678', 'E00103'), 'rndis_host'],
    ['of any maker that speaks RNDIS as a modem', card('1234:5678', '0202FF'), 'rndis_host'],
  ])('%s', (_card, modalias, driver) => {
    expect(driversOf(modalias)).toContain(driver)
  })

  test('and no modem or telephone', () => {
    // Sierra Wireless' and Huawei's modems, an iPhone's tethering.
    for (const ids of ['1199:68A3', '12D1:1506', '05AC:12A8']) expect(driversOf(card(ids, 'FFFDFF'))).toEqual([])
    const kept = readdirSync(join(tree, 'usr/lib/modules', release, 'kernel/drivers/net/usb'))
    expect(kept).not.toContain('qmi_wwan.ko')
    expect(kept).not.toContain('ipheth.ko')
  })
})

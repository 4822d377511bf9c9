import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, photograph } from './browser.ts'
import { cardOf, hold, signInToDashboard } from './dashboard-page.ts'
import { startVirtualMachine, type VirtualDisk, type VirtualMachine } from './virtual-machine.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

const minutes = 60_000
const serial = 'G6AN23100XYZ'
const gib = 2 ** 30

const sequence = `name: Partitionner seulement
environment:
  - partition-disk: { disk: only }
  - shut-down: {}
`

let workshop: Workshop
let machine: VirtualMachine
let browser: Awaited<ReturnType<typeof openBrowser>>
let page: Page
let disks: { small: VirtualDisk; large: VirtualDisk; stick: VirtualDisk }

beforeAll(async () => {
  workshop = await openWorkshop({ folder: 'tests/.output/two-disks', environment: resolve('build/environment') })
  mkdirSync(join(workshop.dataDir, 'sequences'), { recursive: true })
  writeFileSync(join(workshop.dataDir, 'sequences', 'partitionner.yaml'), sequence)
  const disk = (kind: VirtualDisk['kind'], sizeBytes: number, diskSerial: string): VirtualDisk => ({
    kind,
    sizeBytes,
    serial: diskSerial,
    file: join(workshop.folder, `${diskSerial}.raw`),
  })
  disks = {
    small: disk('nvme', 128 * gib, 'S64DPETIT00001'),
    large: disk('sata', 500 * gib, 'WD-GRAND000002'),
    stick: disk('usb', 32 * gib, 'CLEUSB000003'),
  }
  browser = await openBrowser()
  page = await browser.context.newPage()
  page.setDefaultTimeout(30_000)
}, 2 * minutes)

afterAll(async () => {
  await browser?.close()
  await machine?.cutPower()
  await workshop?.close()
})

describe('a machine with two disks and a USB stick', () => {
  test('stops and asks, and names the two disks but not the stick', { timeout: 6 * minutes }, async () => {
    await signInToDashboard(page, workshop.url)
    machine = await startVirtualMachine({
      network: workshop.network,
      folder: join(workshop.folder, 'machine'),
      name: 'nuc',
      mac: '52:54:00:77:00:02',
      smbios: { product: 'NUC13ANHi5', board: 'NUC13ANBi5', serial, uuid: '0e3c6f20-9a41-11ed-a8fc-0242ac120002' },
      disks: [disks.small, disks.large, disks.stick],
    })
    await cardOf(page, serial)
      .getByText('Attend son image et sa séquence')
      .waitFor({ timeout: 4 * minutes })
    await page.getByRole('checkbox', { name: `Choisir ${serial}` }).check()
    await page.getByLabel('Séquence').selectOption({ label: 'Partitionner seulement' })
    await hold(page, /Maintenir/)
    await cardOf(page, serial).getByText('DISK_AMBIGUOUS').waitFor({ timeout: minutes })
    await cardOf(page, serial)
      .getByRole('button', { name: /Choisir le disque/ })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByText(/S64DPETIT00001/)
      .first()
      .waitFor()
    expect(await dialog.getByRole('radio').count()).toBe(2)
    expect(await dialog.innerText()).toContain('WD-GRAND000002')
    expect(await dialog.innerText()).not.toContain('CLEUSB000003')
    await photograph(page, 'real-disk-choice')
    await machine.screenshot(join(workshop.folder, 'screen-asking.png'))
    for (const disk of Object.values(disks)) expect(partitionsOf(disk)).toEqual([])
  })

  test('goes on with the disk a person chose, and leaves the others alone', { timeout: 3 * minutes }, async () => {
    await page
      .getByRole('dialog')
      .getByText(/S64DPETIT00001/)
      .first()
      .click()
    await hold(page, /Maintenir pour effacer .*S64DPETIT00001/)
    await page
      .getByRole('region', { name: /Terminés/ })
      .getByText(serial)
      .waitFor({ timeout: 2 * minutes })
    await machine.ended
    expect(partitionsOf(disks.small)).toHaveLength(4)
    expect(partitionsOf(disks.large)).toEqual([])
    expect(partitionsOf(disks.stick)).toEqual([])
  })
})

/** Types of the partitions a disk has; none when there is no table at all. */
function partitionsOf(disk: VirtualDisk): string[] {
  const table = execFileSync('sgdisk', ['--print', disk.file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return [...table.matchAll(/^ +\d+ .* ([0-9A-F]{4}) /gm)].map((match) => match[1] ?? '')
}

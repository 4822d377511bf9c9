import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshMachine } from '../windows/machine.ts'
import { openBrowser, photograph } from './browser.ts'
import { cardOf, hold, signInToDashboard } from './dashboard-page.ts'
import * as deployed from './deployed-disk.ts'
import { dockAddress, dockedEnvironment, dockOfLab } from './dock.ts'
import { openDisk, type OpenedDisk } from './disk-image.ts'
import { labMachine, fillLabCatalogue } from './lab-windows.ts'
import { openNucPower, untilOnDisk, type NucPower } from './nuc-power.ts'
import { machineOf } from './machine-view.ts'
import { isStep, untilRun, type RunView } from './run-view.ts'
import { bootManagerStarted, offerStandInWindows } from './stand-in-windows.ts'
import { startVirtualMachine, type VirtualDisk } from './virtual-machine.ts'
import { makeWindowsImage, type WindowsImage } from './windows-image.ts'
import { wholeSequence } from './whole-sequence.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

const built = resolve('build/environment')
const boot = join(built, 'boot')
const minutes = 60_000
const serial = 'G6TN14500ABC'
const mac = dockAddress('01')
const dock = dockOfLab()

let image: WindowsImage
let workshop: Workshop
let power: NucPower
let browser: Awaited<ReturnType<typeof openBrowser>>
let page: Page
let disk: VirtualDisk
/** Of the disk in the middle of its preparation. */
let secrets: string[] = []

beforeAll(async () => {
  const efi = { bootmgfw: join(boot, 'shimx64.efi'), grubx64: join(boot, 'grubx64.efi') }
  image = makeWindowsImage(resolve('tests/.cache'), efi)
  const place = resolve('tests/.output/deployment-environment')
  rmSync(place, { recursive: true, force: true })
  const environment = dockedEnvironment(built, place)
  workshop = await openWorkshop({ folder: 'tests/.output/deployment', environment })
  const { network, folder, dataDir } = workshop
  const standIn = await offerStandInWindows({ network, environment, folder, machine: freshMachine(labMachine('dock')) })
  mkdirSync(join(dataDir, 'sequences'), { recursive: true })
  writeFileSync(join(dataDir, 'sequences', 'essai.yaml'), wholeSequence('Atelier d’essai', standIn))
  fillLabCatalogue(dataDir)
  disk = {
    kind: 'nvme',
    file: join(folder, 'disk.raw'),
    sizeBytes: 64 * 2 ** 30,
    serial: 'S64DNX0R123456',
    bootIndex: 2,
  }
  power = openNucPower(workshop, { mac, dock, disk })
  browser = await openBrowser()
  page = await browser.context.newPage()
  page.setDefaultTimeout(30_000)
}, 10 * minutes)

afterAll(async () => {
  await browser?.close()
  await power?.cut()
  await workshop?.close()
})

/**
 * The whole road on one machine, whose only network card is a dock's, the network first in its boot order: no step may rest
 * on the card's address. What stands in for what: the environment and the stand-in for Windows have QEMU's card on USB and no
 * other; the firmware, which has no driver for it, starts from a virtio card with the same address, unless it is given one
 * (dock.ts).
 * two-disks.test.ts starts a machine with a card of its own. Each test goes on where the one before it stopped.
 */
describe('a bare PC with Secure Boot on', () => {
  test('is offered a Windows image that a person brought in', { timeout: 5 * minutes }, async () => {
    expect(image.files.size).toBeGreaterThan(15_000)
    expect(image.bytes).toBeGreaterThan(500e6)
    await signInToDashboard(page, workshop.url)
    await page.goto(`${workshop.url}/images`)
    await page.getByLabel(/fichier déjà présent/).fill(image.wim)
    await page.getByRole('button', { name: 'Importer' }).click()
    await page.getByRole('heading', { name: /Windows 11 Pro/ }).waitFor({ timeout: 4 * minutes })
    await photograph(page, 'real-catalogue')
  })

  test('boots our environment and waits on the bench', { timeout: 5 * minutes }, async () => {
    await page.goto(workshop.url)
    const machine = await power.on()
    await card()
      .getByText('Attend son image et sa séquence')
      .waitFor({ timeout: 3 * minutes })
    const seconds = (Date.now() - machine.poweredOnAt) / 1000
    process.stdout.write(`power-on to a card that waits on the bench: ${seconds.toFixed(0)} s\n`)
    expect(await card().innerText()).toContain('NUC11TNKi5')
    const { inventory, macs } = await machineOf(page, workshop.url, serial)
    expect(inventory?.secureBoot.state).toBe(dock.starts === 'usb' ? 'setup' : 'on')
    expect(inventory?.networkInterfaces).toMatchObject([{ mac, bus: 'usb' }])
    expect(macs).toEqual([])
    await machine.screenshot(join(workshop.folder, 'screen-waiting.png'))
    await photograph(page, 'real-bench-waiting')
  })

  test(
    'gets its image, though the server and then the power fail in the middle',
    { timeout: 12 * minutes },
    async () => {
      await page.getByRole('checkbox', { name: `Choisir ${serial}` }).check()
      await page.getByLabel('Séquence').selectOption({ label: 'Atelier d’essai' })
      await page
        .getByText(/S64DNX0R123456/)
        .first()
        .waitFor()
      await hold(page, /Maintenir/)
      await card()
        .getByText(/Écri|Appli/)
        .first()
        .waitFor({ timeout: 3 * minutes })
      await photograph(page, 'real-bench-working')
      await power.machine().screenshot(join(workshop.folder, 'screen-working.png'))
      await openMachine()
      await photograph(page, 'real-machine-working')
      await workshop.server.stop('SIGKILL')
      await workshop.server.start()
      const before = await until(isStep('apply-image', 'running'), 2 * minutes)
      await until((run) => progressOf(run, 'apply-image') > progressOf(before, 'apply-image') + 0.05, 3 * minutes)
      await power.cut()
      await power.on()
      const after = await until(isStep('apply-image', 'done'), 8 * minutes)
      expect(after.steps.find(({ type }) => type === 'apply-image')?.attempt).toBeGreaterThan(1)
    },
  )

  test('gets its boot files, though the power fails while they are written', { timeout: 8 * minutes }, async () => {
    const { serial: said } = power.machine()
    await said.waitFor(/write-boot-files, attempt 1/, 4 * minutes)
    await said.waitFor(
      /\$ mount .*\/esp$/,
      minutes,
      said.lines.findIndex((line) => line.includes('write-boot-files, attempt 1')),
    )
    await power.cut()
    await power.on()
    const after = await until(isStep('write-boot-files', 'done'), 5 * minutes)
    expect(after.steps.find(({ type }) => type === 'write-boot-files')?.attempt).toBeGreaterThan(1)
  })

  test('comes up in Windows by itself, and goes on there', { timeout: 6 * minutes }, async () => {
    const machine = power.machine()
    await untilOnDisk(machine, 0)
    await machine.serial.waitFor(/^ETABLI-STAND-IN: setup finished/, 4 * minutes)
    const told = machine.serial.lines.filter((line) => line.startsWith('ETABLI-STAND-IN: specialize: cmd.exe'))
    expect(told.map((line) => /pnputil|etabli-agent/.exec(line)?.[0])).toEqual(['pnputil', 'etabli-agent'])
    await until(isStep('install-drivers', 'running'), 2 * minutes)
    await page.goto(workshop.url)
    await card()
      .getByText(/pilotes/)
      .first()
      .waitFor()
    await photograph(page, 'real-bench-windows')
  })

  test('goes on though the power fails while Windows is updated', { timeout: 10 * minutes }, async () => {
    await power.machine().serial.waitFor(/pass 1 of \d+ at most/, 5 * minutes)
    await sleep(2500)
    await power.cut()
    withDisk((opened) => {
      const secret = ['/Windows/Panther/unattend.xml', '/ProgramData/Etabli/agent.json']
      for (const path of secret) deployed.expectForAdministratorsOnly(opened.device(3), path)
      // Once the start-up task is made, the fallback service is gone.
      opened.mounted(3, (folder) => {
        expect(deployed.hasService(folder, 'EtabliStart')).toBe(false)
        secrets = deployed.secretsOn(folder)
      })
    })
    expect(secrets).toHaveLength(2)
    const machine = await power.on()
    const said = await untilOnDisk(machine, 0)
    expect(said).toContain('Start PXE over IPv4')
    expect(said).toContain('this machine starts from its disk')
    expect(said).not.toContain('does not answer yet')
    await until(isStep('windows-update', 'done'), 8 * minutes)
  })

  test('is sealed, switched off and ready for sale', { timeout: 10 * minutes }, async () => {
    await until(({ state }) => state === 'done', 8 * minutes)
    const { ended, serial: said } = power.machine()
    await ended
    const asked = said.lines.filter((line) => line.includes('Start PXE over IPv4'))
    expect(asked).toHaveLength(said.lines.filter((line) => bootManagerStarted.test(line)).length)
    expect(asked.length).toBeGreaterThan(1)
    await page.goto(workshop.url)
    await page
      .getByRole('region', { name: /Terminés/ })
      .getByText(serial)
      .waitFor()
    await photograph(page, 'real-bench-done')
    await page.goto(`${workshop.url}/stock`)
    await page
      .getByRole('row', { name: new RegExp(serial) })
      .getByText('prêt à la vente')
      .waitFor()
    await photograph(page, 'real-stock')
    await openMachine()
    await page.getByRole('heading', { name: /Preuves/ }).waitFor()
    await photograph(page, 'real-machine-done')
  })

  test('starts its disk again, with the network first in the boot order', { timeout: 6 * minutes }, async () => {
    const machine = await power.on()
    const said = await untilOnDisk(machine, 0)
    expect(said).toContain('Start PXE over IPv4')
    expect(said).not.toContain('etabli agent')
    expect(said).not.toContain('does not answer yet')
    await machine.serial.waitFor(/^ETABLI-STAND-IN: no agent/, 3 * minutes)
    await machine.ended
  })

  test(
    'leaves the dock to another PC, which gets the environment and not the disk',
    { timeout: 4 * minutes },
    async () => {
      const uuid = '5b0c1f70-1d2e-11ee-8a3c-0242ac120099'
      const smbios = { product: 'NUC13ANHi5', board: 'NUC13ANBi5', serial: 'G6AN23100XYZ', uuid }
      const place = { network: workshop.network, folder: join(workshop.folder, 'another'), name: 'another' }
      const another = await startVirtualMachine({ ...place, mac, dock, smbios })
      await another.serial
        .waitFor(/Etabli: loading|starts from its disk/, 3 * minutes)
        .finally(() => another.cutPower())
      const said = another.serial.lines.join('\n')
      expect(said).not.toContain('starts from its disk')
      // GRUB waits 19 s for each connection of an earlier start that the server still keeps (loader-connections.ts).
      expect(said).not.toContain('does not answer yet')
      const { items } = await (await page.request.get(`${workshop.url}/api/netboot/newcomers`)).json()
      expect(items).toMatchObject([{ mac, uuid }])
    },
  )

  test('has a disk that other people’s tools read, with every file of the image', { timeout: 6 * minutes }, () => {
    withDisk((opened) => {
      deployed.expectPartitions(disk.file, opened)
      deployed.expectBootFiles(opened, image, workshop.folder)
      opened.mounted(3, (folder) => {
        const added = deployed.expectImageFiles(folder, image)
        // What Windows, its updates and TeamViewer would have left; of Etabli there is nothing any more.
        expect(added).toEqual([
          'Program Files/TeamViewer/TeamViewer.exe',
          'Users/Public/Desktop/TeamViewer.lnk',
          'Windows/System32/Sysprep/sysprep.exe',
          'stand-in/machine/calls.jsonl',
          'stand-in/machine/machine.json',
          'stand-in/setup-finished',
        ])
        expect(deployed.filesWith(folder, [...added, deployed.hive], secrets)).toEqual([])
        expect(deployed.hasService(folder, 'EtabliStart')).toBe(false)
      })
    })
  })
})

function withDisk(look: (disk: OpenedDisk) => void): void {
  const opened = openDisk(disk.file)
  try {
    look(opened)
  } finally {
    opened.close()
  }
}

const until = (wanted: (run: RunView) => boolean, timeoutMs: number): Promise<RunView> =>
  untilRun(page, workshop.url, serial, wanted, timeoutMs)

function progressOf({ steps }: RunView, type: string): number {
  return steps.find((step) => step.type === type)?.progress?.fraction ?? 0
}

const card = () => cardOf(page, serial)

async function openMachine(): Promise<void> {
  const { id } = await machineOf(page, workshop.url, serial)
  await page.goto(`${workshop.url}/machines/${id}`)
  await page.getByRole('heading', { name: 'Matériel' }).waitFor()
}

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inventory } from '../../agent/inventory.ts'
import { objectTypes } from '../../images/bcd/well-known.ts'
import { windowsStore } from '../../images/bcd/windows-store.ts'
import { asForeign, readByHivexml } from '../interop/hivex.ts'
import { openBrowser, photograph } from './browser.ts'
import { cardOf, hold, signInToDashboard } from './dashboard-page.ts'
import { openDisk, type OpenedDisk } from './disk-image.ts'
import { startVirtualMachine, type VirtualDisk, type VirtualMachine } from './virtual-machine.ts'
import { hashTree, makeWindowsImage, type WindowsImage } from './windows-image.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

const environment = resolve('build/environment')
const boot = join(environment, 'boot')
const minutes = 60_000
const serial = 'G6TN14500ABC'

/** What stands in for Windows says this on the serial port, when the boot manager on the disk was started. */
const standInSays = 'ETABLI-STAND-IN: started from the disk'
/** At the start of a line: the agent's log shows the command that wrote these words, too. */
const standInStarted = new RegExp(`^${standInSays}`)

/** GRUB in the place of Windows' boot manager reads this file from the partition it was loaded from. */
const standInConfig = `echo "${standInSays}"; sleep 2; halt`

const sequence = `name: Atelier d’essai
environment:
  - check-hardware: { memoryAtLeast: 1 GiB, diskAtLeast: 20 GB }
  - partition-disk: { disk: only }
  - apply-image: {}
  - write-boot-files: {}
  - run-command:
      mount: true
      script: |
        mkdir -p "$ESP/grub"
        echo '${standInConfig}' > "$ESP/grub/grub.cfg"
    name: Préparer le remplaçant de Windows
  - restart: {}
`

let image: WindowsImage
let workshop: Workshop
let machine: VirtualMachine
let browser: Awaited<ReturnType<typeof openBrowser>>
let page: Page
let disk: VirtualDisk

beforeAll(async () => {
  const efi = { bootmgfw: join(boot, 'shimx64.efi'), grubx64: join(boot, 'grubx64.efi') }
  image = makeWindowsImage(resolve('tests/.cache'), efi)
  workshop = await openWorkshop({ folder: 'tests/.output/deployment', environment })
  mkdirSync(join(workshop.dataDir, 'sequences'), { recursive: true })
  writeFileSync(join(workshop.dataDir, 'sequences', 'essai.yaml'), sequence)
  disk = {
    kind: 'nvme',
    file: join(workshop.folder, 'disk.raw'),
    sizeBytes: 64 * 2 ** 30,
    serial: 'S64DNX0R123456',
    bootIndex: 2,
  }
  browser = await openBrowser()
  page = await browser.context.newPage()
  page.setDefaultTimeout(30_000)
}, 10 * minutes)

afterAll(async () => {
  await browser?.close()
  await machine?.cutPower()
  await workshop?.close()
})

/** The whole road on one machine; each test goes on where the one before it stopped. */
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
    machine = await startVirtualMachine({
      network: workshop.network,
      folder: join(workshop.folder, 'machine'),
      name: 'nuc',
      mac: '52:54:00:77:00:01',
      disks: [disk],
    })
    await card()
      .getByText('Attend son image et sa séquence')
      .waitFor({ timeout: 3 * minutes })
    const seconds = (Date.now() - machine.poweredOnAt) / 1000
    process.stdout.write(`power-on to a card that waits on the bench: ${seconds.toFixed(0)} s\n`)
    expect(await card().innerText()).toContain('NUC11TNKi5')
    expect((await inventory()).secureBoot.state).toBe('on')
    await machine.screenshot(join(workshop.folder, 'screen-waiting.png'))
    await photograph(page, 'real-bench-waiting')
  })

  test(
    'is deployed from the dashboard, though the server is killed in the middle',
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
      await machine.screenshot(join(workshop.folder, 'screen-working.png'))
      await openMachine()
      await photograph(page, 'real-machine-working')
      await workshop.server.stop('SIGKILL')
      await workshop.server.start()
      await machine.serial.waitFor(standInStarted, 10 * minutes)
      await page.goto(workshop.url)
      await page
        .getByRole('region', { name: /Terminés/ })
        .getByText(serial)
        .waitFor()
      await photograph(page, 'real-bench-done')
    },
  )

  test('leaves a record that was moved on by the run', async () => {
    await page.goto(`${workshop.url}/stock`)
    await page
      .getByRole('row', { name: new RegExp(serial) })
      .getByText('en contrôle')
      .waitFor()
    await photograph(page, 'real-stock')
    await openMachine()
    await photograph(page, 'real-machine-done')
  })

  test(
    'boots its disk again and again, with the network first in the boot order',
    { timeout: 6 * minutes },
    async () => {
      for (let time = 0; time < 2; time += 1) {
        await machine.cutPower()
        machine = await startVirtualMachine({
          network: workshop.network,
          folder: join(workshop.folder, 'machine'),
          name: 'nuc',
          mac: '52:54:00:77:00:01',
          disks: [disk],
        })
        await machine.serial.waitFor(standInStarted, 2 * minutes)
        expect(machine.serial.lines.filter((line) => line.includes('Start PXE over IPv4')).length).toBeGreaterThan(0)
        expect(machine.serial.lines.join('\n')).not.toContain('etabli agent')
      }
      await machine.cutPower()
    },
  )

  test(
    'has a disk that other people’s tools read, with every file as it was in the source',
    { timeout: 6 * minutes },
    () => {
      expect(execFileSync('sgdisk', ['--verify', disk.file], { encoding: 'utf8' })).toContain('No problems found')
      const opened = openDisk(disk.file)
      try {
        expect(opened.partitions.map((partition) => partition.type)).toEqual([
          'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
          'E3C9E316-0B5C-4DB8-817D-F92DF00215AE',
          'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
          'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC',
        ])
        const windows = opened.device(3)
        const info = execFileSync('ntfsinfo', ['--mft', '--force', windows], { encoding: 'utf8' })
        expect(info).toMatch(/Volume Flags: 0x0000/)
        const found = opened.mounted(3, hashTree)
        expect(found.size).toBe(image.files.size)
        expect([...image.files].filter(([file, hash]) => found.get(file) !== hash)).toEqual([])
        const wim = join(workshop.folder, 'captured-back.wim')
        execFileSync('wimlib-imagex', ['capture', windows, wim, '--compress=none'], { stdio: 'ignore' })
        execFileSync('wimlib-imagex', ['verify', wim], { stdio: 'ignore' })
        const manager = execFileSync('mtype', ['-i', opened.device(1), '::EFI/Boot/bootx64.efi'], {
          maxBuffer: 2 ** 26,
        })
        expect(createHash('sha256').update(manager).digest('hex')).toBe(
          image.files.get('Windows/Boot/EFI/bootmgfw.efi'),
        )
        const store = join(workshop.folder, 'BCD')
        const bcd = execFileSync('mtype', ['-i', opened.device(1), '::EFI/Microsoft/Boot/BCD'], { maxBuffer: 2 ** 26 })
        writeFileSync(store, bcd)
        expectStoreOf(store, opened)
      } finally {
        opened.close()
      }
    },
  )
})

/** Object by object what bcdboot would write for this disk, in the eyes of hivex, which knows nothing of ours. */
function expectStoreOf(file: string, disk: OpenedDisk): void {
  const [esp = '', , windows = ''] = disk.partitions.map(({ uuid }) => uuid.toLowerCase())
  const found = readByHivexml(file)
  const idOf = (type: number): string => Object.entries(found).find(([, object]) => object.type === type)?.[0] ?? ''
  const ids = { osloader: idOf(objectTypes.osloader), resume: idOf(objectTypes.resume) }
  const partitions = { disk: disk.id.toLowerCase(), esp, windows }
  expect(found).toEqual(asForeign(windowsStore({ partitions, description: 'Windows 11', locale: 'fr-FR', ids })))
}

const card = () => cardOf(page, serial)

async function openMachine(): Promise<void> {
  await page.goto(`${workshop.url}/machines/${await machineId()}`)
  await page.getByRole('heading', { name: 'Matériel' }).waitFor()
}

type Listed = { id: string; serial: string | null; inventory: Inventory | null }

async function listed(): Promise<Listed> {
  const answer = await page.request.get(`${workshop.url}/api/machines`)
  const list: { items: Listed[] } = await answer.json()
  const found = list.items.find((one) => one.serial === serial)
  if (!found) throw new Error(`${serial} is not in the list of machines`)
  return found
}

const machineId = async (): Promise<string> => (await listed()).id

async function inventory(): Promise<Inventory> {
  const { inventory: told } = await listed()
  if (!told) throw new Error(`${serial} has not told its hardware`)
  return told
}

import { createHash, randomBytes } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { edition } from './moments.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

const sha256 = (parts: Buffer[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

describe.skipIf(!hasBrowser)('the catalogue', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('an upload whose line breaks in the middle of a piece goes on at the byte that arrived', async () => {
    await using visitor = await visit(browser, emptyWorkshop(), { path: '/images' })
    const { page, server, faults } = visitor
    const content = randomBytes(10 * 1024 * 1024 + 137)
    server.breakNextChunk(1_234_567)
    await page
      .locator('section.source input[type=file]')
      .setInputFiles({ name: 'install.wim', mimeType: '', buffer: content })
    await expect.poll(() => server.seed.imports[0]?.state, { timeout: 20_000 }).toBe('inspecting')
    expect(sha256(server.received.get('import-1') ?? [])).toBe(sha256([content]))
    const puts = server.calls.filter((call) => call.method === 'PUT').map((call) => call.path.split('offset=')[1])
    // Chromium may repeat the broken request by itself; the server refuses it, since its bytes are there.
    expect(new Set(puts).size).toBe(3)
    expect(puts).toContain('1234567')
    await page.getByText('Lecture du fichier').waitFor()
    expect(faults).toEqual([])
  })

  test('an upload left behind goes on when the same file is chosen again', async () => {
    const seed = emptyWorkshop()
    const content = randomBytes(3 * 1024 * 1024)
    const [waiting] = edition
    if (waiting === undefined) throw new Error('no import to copy')
    const begun = { sizeBytes: content.length, receivedBytes: 1_000_000, editions: [] }
    seed.imports = [{ ...waiting, ...begun, state: 'uploading', fileName: 'install.wim' }]
    await using visitor = await visit(browser, seed, { path: '/images' })
    const { page, server } = visitor
    await page.getByText('Interrompu').waitFor()
    await page
      .locator('section.source input[type=file]')
      .setInputFiles({ name: 'install.wim', mimeType: '', buffer: content })
    await expect.poll(() => seed.imports[0]?.state).toBe('inspecting')
    expect(sha256(server.received.get('import-1') ?? [])).toBe(sha256([content.subarray(1_000_000)]))
    expect(server.calls.filter((call) => call.method === 'POST')).toEqual([])
  })

  test('has editions chosen and says in words what is wrong with a path', async () => {
    const seed = emptyWorkshop()
    seed.imports = structuredClone(edition.slice(0, 1))
    await using visitor = await visit(browser, seed, { path: '/images' })
    const { page, server } = visitor
    await page.getByLabel(/déjà présent/).fill('/srv/notes.txt')
    await page.getByRole('button', { name: 'Importer' }).click()
    await page.getByText('Ce fichier n’est pas une image WIM.').waitFor()
    await page.getByRole('checkbox', { name: /Entreprise/ }).check()
    await page.getByRole('button', { name: 'Préparer 2 éditions' }).click()
    await expect.poll(() => server.calls.at(-1)?.body).toEqual({ editions: [3, 4] })
  })

  test('removes an image only once its name is typed', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/images' })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'Retirer Windows 10 Professionnel 22H2' }).click()
    const dialog = page.getByRole('dialog')
    const button = dialog.getByRole('button', { name: 'Retirer', exact: true })
    expect(await button.isDisabled()).toBe(true)
    await dialog.getByLabel(/Tapez le nom/).fill('windows 10 professionnel 22h2')
    await button.click()
    await dialog.waitFor({ state: 'hidden' })
    expect(server.calls).toEqual([{ method: 'DELETE', path: '/api/images/windows-10-pro', body: undefined }])
    expect(await page.getByText('Windows 10 Professionnel 22H2').count()).toBe(0)
  })
})

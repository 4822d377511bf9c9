import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { minutesAgo } from './seed.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

const notAnImage = {
  code: 'IMPORT_NOT_A_WIM',
  message: { fr: 'Ce fichier n’est pas une image WIM.', en: 'This file is no WIM image.' },
  fix: { fr: 'Prenez install.wim.', en: 'Take install.wim.' },
  detail: null,
  choice: null,
}

describe.skipIf(!hasBrowser)('what is said while the line is cut, and after', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('four small wrong files are refused before their answer is in, and none of them spins on', async () => {
    await using visitor = await visit(browser, emptyWorkshop(), { path: '/images' })
    const { page, server, faults } = visitor
    const refused = page.getByText('Ce fichier n’est pas une image WIM.')
    let n = 0
    // The server has looked into a small file before the answer to its last byte is at the browser.
    await page.route('**/api/imports/*/content**', async (route) => {
      const response = await route.fetch()
      const target = server.seed.imports.at(-1)
      if (target === undefined) throw new Error('no import')
      server.send({ type: 'import', import: { ...target, state: 'failed', problem: notAnImage } })
      n += 1
      await expect.poll(() => refused.count()).toBe(n)
      await route.fulfill({ response })
    })
    for (const i of [1, 2, 3, 4]) {
      const file = { name: `faux-${i}.wim`, mimeType: '', buffer: randomBytes(40) }
      await page.locator('section.source input[type=file]').setInputFiles(file)
      await page.getByRole('heading', { name: file.name }).waitFor()
      await expect.poll(() => refused.count()).toBe(i)
    }
    await expect.poll(() => page.getByRole('progressbar').count()).toBe(0)
    expect(await page.getByText('Lecture du fichier').count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('log, trace and history ask again once the server is back, and claim nothing before', async () => {
    const seed = busyWorkshop()
    const { history, trace } = seed
    seed.history = []
    seed.trace = []
    await using visitor = await visit(browser, seed, { path: '/machines/machine-01' })
    const { page, server } = visitor
    await page.getByText('Il ne s’est encore rien passé.').waitFor()
    await page.getByText('Rien dans le journal pour l’instant.').waitFor()
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    await expect.poll(() => page.getByText('Connexion perdue : la suite arrivera avec elle.').count()).toBe(3)
    for (const claim of ['Il ne s’est encore rien passé.', 'Rien dans le journal', 'Il n’a encore rien demandé'])
      expect(await page.getByText(claim).count(), claim).toBe(0)
    const at = new Date().toISOString()
    const line = { at, level: 'info' as const, text: 'Écrit pendant la coupure' }
    server.log.push({ stepId: 'environment-2', attempt: 1, number: 7, line })
    seed.history = history
    seed.trace = trace
    server.mend()
    await page.getByText('en direct').waitFor()
    await page.getByRole('log').getByText('Écrit pendant la coupure').waitFor()
    await page.getByText('a chargé shimx64.efi').waitFor()
    await expect.poll(() => page.getByText('Connexion perdue :').count()).toBe(0)
  })

  test('promises nothing while it is cut: no rate, no time left, on the card or the machine’s page', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    const promises = page.getByText(/^(encore|96,4|reste) |reste 1\smin|96,4\sMo\/s/)
    await expect.poll(() => promises.count()).toBeGreaterThan(0)
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    await expect.poll(() => promises.count()).toBe(0)
    await page.getByRole('link', { name: 'SAV-0231' }).click()
    await page.getByText(/6,9\sGo sur/).waitFor()
    expect(await promises.count()).toBe(0)
    server.mend()
    await page.getByText('en direct').waitFor()
    await expect.poll(() => promises.count()).toBeGreaterThan(0)
  })

  test.each([360, 390])('says so on a phone of %i px without making the page wider', async (width) => {
    await using visitor = await visit(browser, busyWorkshop(), { viewport: { width, height: 800 } })
    const { page, server } = visitor
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(scrolls).toBeLessThanOrEqual(0)
  })

  test('a panel whose server stumbled is asked for again while the line is live', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/' })
    const { page } = visitor
    let stumbles = 1
    await page.route('**/api/machines/machine-01/trace', (route) =>
      stumbles-- > 0 ? route.fulfill({ status: 503, json: {} }) : route.continue(),
    )
    await page.getByRole('link', { name: 'SAV-0231' }).click()
    await page.getByText('a chargé shimx64.efi').waitFor()
    expect(stumbles).toBeLessThan(0)
  })

  test('the catalogue’s lists are read again once the server is back', async () => {
    const seed = busyWorkshop()
    const [first] = seed.catalogue.software.items
    if (first === undefined) throw new Error('no package')
    await using visitor = await visit(browser, seed, { path: '/images' })
    const { page, server } = visitor
    await page.getByRole('heading', { name: first.name }).first().waitFor()
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    first.name = 'Copié pendant la coupure'
    server.mend()
    await page.getByRole('heading', { name: 'Copié pendant la coupure' }).waitFor()
  })

  test('the stock follows after its page was left in the moment of a change', async () => {
    const seed = busyWorkshop()
    await using visitor = await visit(browser, seed, { path: '/stock' })
    const { page, server } = visitor
    const [one, other] = seed.records
    if (one === undefined || other === undefined) throw new Error('no records')
    await page.getByRole('link', { name: one.label }).first().waitFor()
    server.send({ type: 'record', record: one })
    await page.getByRole('link', { name: 'Atelier' }).click()
    await page.getByRole('heading', { name: /En préparation/ }).waitFor()
    await page.getByRole('link', { name: 'Stock' }).click()
    await page.getByRole('link', { name: one.label }).first().waitFor()
    const added = { ...other, id: 'record-new', label: 'ARRIVÉ-APRÈS', serial: 'NEUF-1', changedAt: minutesAgo(0) }
    seed.records.push(added)
    server.send({ type: 'record', record: added })
    await page.getByText('ARRIVÉ-APRÈS').waitFor()
  })
})

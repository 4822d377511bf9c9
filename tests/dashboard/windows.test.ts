import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { windowsWorkshop } from './windows-moments.ts'
import { busyWorkshop } from './workshop.ts'

const folder = 'tests/.output/screenshots'

describe.skipIf(!hasBrowser)('a run in its Windows half', () => {
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('says on the bench that Windows sets itself up, and when somebody should look', async () => {
    await using visitor = await visit(browser, windowsWorkshop())
    const { page } = visitor
    await page.getByText('Windows s’installe').waitFor()
    await page.getByText('Windows ne donne pas de nouvelles').waitFor()
    await page.getByText(/redémarre, ou câble débranché/).waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('says on the machine’s page what its screen may show, and what that means', async () => {
    await using visitor = await visit(browser, windowsWorkshop())
    const { page, server } = visitor
    await page.getByRole('link', { name: 'G6AN13200W02' }).click()
    await page.getByText(/Windows a été lancé il y a 27\smin/).waitFor()
    await page.getByText(/désactivez VMD/).waitFor()
    await page.goto(server.url)
    await page.getByRole('link', { name: 'G6AN13200W01' }).click()
    await page.getByRole('heading', { name: 'Matériel' }).waitFor()
    expect(await page.getByText(/Regardez l’écran/).count()).toBe(0)
  })

  test('counts Windows’ own setup as a row, and gives a range for what is left, or nothing', async () => {
    const seed = busyWorkshop()
    const updating = seed.deployments.find(({ machineLabel }) => machineLabel === 'G6AN1320017A')
    if (updating === undefined) throw new Error('no run in Windows')
    await using visitor = await visit(browser, seed, { path: `/machines/${updating.machineId}` })
    const { page, server } = visitor
    const run = page.locator('section.panel', { has: page.getByRole('heading', { name: updating.sequence.name }) })
    await run
      .getByRole('listitem')
      .filter({ hasText: 'Mise en place de Windows' })
      .getByText(/1\smin\s42/)
      .waitFor()
    await run.getByText(/encore 7 à 20\smin/).waitFor()
    server.send({ type: 'deployment', deployment: { ...updating, timeLeft: null } })
    await expect.poll(() => run.getByText(/encore/).count()).toBe(0)
    const windowsSetup = { startedAt: new Date().toISOString(), endedAt: null }
    server.send({ type: 'deployment', deployment: { ...updating, windowsSetup } })
    await run
      .getByRole('listitem')
      .filter({ hasText: 'Mise en place de Windows' })
      .getByText(/^\d+\ss$/)
      .waitFor()
    expect(visitor.faults).toEqual([])
  })

  test('shows the evidence, what failed first, with what was expected, and TeamViewer’s number', async () => {
    await using visitor = await visit(browser, windowsWorkshop())
    const { page, server } = visitor
    await page.getByRole('link', { name: 'G6AN13200W04' }).click()
    const evidence = page.locator('section', { has: page.getByRole('heading', { name: 'Preuves' }) })
    await evidence.getByText('1 contrôle échoué').waitFor()
    expect(await evidence.locator('details').first().innerText()).toMatch(/attendu\s: un adaptateur, vu avant Windows/)
    await page.getByText('1 204 556 781').first().waitFor()
    await page.goto(`${server.url}/stock`)
    await page
      .getByRole('row', { name: /G6AN13200W04/ })
      .getByText('1 204 556 781')
      .waitFor()
    expect(visitor.faults).toEqual([])
  })

  test.each([
    { name: '1440-dark', width: 1440, height: 900, theme: 'dark' },
    { name: '1440-light', width: 1440, height: 900, theme: 'light' },
    { name: '390-light', width: 390, height: 844, theme: 'light' },
  ])('looks right at $name', async ({ name, width, height, theme }) => {
    const seed = windowsWorkshop()
    const pageOf = (index: number): string => `/machines/${seed.machines[index]?.id ?? ''}`
    await using visitor = await visit(browser, seed, {
      viewport: { width, height },
      seedStorage: { theme },
    })
    const { page, server } = visitor
    for (const [file, path] of [
      ['windows-bench', '/'],
      ['windows-overdue', pageOf(1)],
      ['windows-evidence', pageOf(3)],
      ['windows-stock', '/stock'],
    ] as const) {
      await page.goto(server.url + path)
      await page.getByText('en direct').first().waitFor()
      await page.waitForTimeout(250)
      await page.screenshot({ path: `${folder}/${file}-${name}.png`, fullPage: true })
    }
    expect(visitor.faults).toEqual([])
  })
})

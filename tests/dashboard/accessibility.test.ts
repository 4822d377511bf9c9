import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { logLines } from './moments.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pages = [
  ...['/', '/machines/machine-01', '/machines/machine-06', '/machines/machine-08', '/stock', '/images'],
  ...['/sequences/nuc-windows-11-pro', '/sequences/nuc-cuisine', '/settings', '/nowhere'],
]
const sizes = [
  { name: '1440-light', width: 1440, height: 900, theme: 'light' },
  { name: '1440-dark', width: 1440, height: 900, theme: 'dark' },
  { name: '390-light', width: 390, height: 844, theme: 'light' },
  { name: '390-dark', width: 390, height: 844, theme: 'dark' },
]

/** What axe finds on a page, as rule and place, whatever its weight. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
}

describe.skipIf(!hasBrowser)('axe finds nothing', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test.each(sizes)('on any page at $name', async ({ width, height, theme }) => {
    await using visitor = await visit(browser, busyWorkshop(), { viewport: { width, height }, seedStorage: { theme } })
    const { page, server } = visitor
    server.log = logLines
    const found: Record<string, string[]> = {}
    for (const path of pages) {
      await page.goto(server.url + path)
      await page.getByText('en direct').first().waitFor()
      found[path] = await findings(page)
    }
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Choisir tout ce qui attend' }).click()
    found['start panel'] = await findings(page)
    await page.goto(`${server.url}/machines/machine-01`)
    const change = page.getByRole('button', { name: /Changer l’état/ }).first()
    await change.click()
    found['dialog'] = await findings(page)
    await page.goto(`${server.url}/sequences/nuc-windows-11-pro`)
    await page.getByLabel('Le fichier').fill('name: X')
    await page.getByRole('button', { name: 'Enregistrer…' }).click()
    found['save dialog'] = await findings(page)
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((path) => [path, []])))
  })

  test('at the sign-in, and in a workshop where nothing has happened', async () => {
    await using visitor = await visit(browser, emptyWorkshop(), { signedOut: true })
    const { page } = visitor
    await page.getByLabel('Mot de passe').waitFor()
    expect(await findings(page)).toEqual([])
    await using inside = await visit(browser, emptyWorkshop())
    expect(await findings(inside.page)).toEqual([])
  })
})

describe.skipIf(!hasBrowser)('a page', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('has a title of its own, with what it is about', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    const titles: Record<string, string> = {}
    for (const path of pages) {
      await page.goto(server.url + path)
      await page.getByText('en direct').first().waitFor()
      titles[path] = (await page.title()).replace(/^\(\d+\) /, '')
    }
    expect(titles).toEqual({
      '/': 'Atelier – Établi',
      '/machines/machine-01': 'SAV-0231 – Établi',
      '/machines/machine-06': 'G6AN13200Z2M – Établi',
      '/machines/machine-08': 'G6AN132022BB – Établi',
      '/stock': 'Stock – Établi',
      '/images': 'Catalogue – Établi',
      '/sequences/nuc-windows-11-pro': 'NUC, Windows 11 Pro – Établi',
      '/sequences/nuc-cuisine': 'nuc-cuisine – Établi',
      '/settings': 'Réglages – Établi',
      '/nowhere': 'Établi',
    })
  })

  test('has the focus when a click has led to it, and not the link that went with the last', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/stock' })
    const { page } = visitor
    await page.locator('tbody th a').first().click()
    await page.waitForURL(/machines/)
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.goBack()
    await page.waitForURL(/stock/)
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
  })
})

import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { edition, logLines } from './moments.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

const folder = 'tests/.output/screenshots'
const pages = [
  { name: 'bench', path: '/' },
  { name: 'machine-working', path: '/machines/machine-01' },
  { name: 'machine-attention', path: '/machines/machine-06' },
  { name: 'machine-idle', path: '/machines/machine-08' },
  { name: 'stock', path: '/stock' },
  { name: 'catalogue', path: '/images' },
  { name: 'sequences', path: '/sequences/nuc-windows-11-pro' },
  { name: 'sequence-problem', path: '/sequences/nuc-cuisine' },
  { name: 'settings', path: '/settings' },
]
const looks = [
  { name: '1440-dark', width: 1440, height: 900, theme: 'dark' },
  { name: '1440-light', width: 1440, height: 900, theme: 'light' },
  { name: '390-dark', width: 390, height: 844, theme: 'dark' },
  { name: '390-light', width: 390, height: 844, theme: 'light' },
]

describe.skipIf(!hasBrowser)('every page, to be looked at', () => {
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test.each(looks)('at $name', async ({ name, width, height, theme }) => {
    const phone = width < 500 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}
    const seed = busyWorkshop()
    seed.imports = edition
    await using visitor = await visit(browser, seed, { viewport: { width, height }, seedStorage: { theme }, ...phone })
    const { page, server } = visitor
    server.log = logLines
    for (const one of pages) {
      await page.goto(server.url + one.path)
      await page.getByText('en direct').first().waitFor()
      await page.waitForTimeout(250)
      await page.screenshot({ path: `${folder}/${one.name}-${name}.png`, fullPage: true })
    }
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Choisir tout ce qui attend' }).click()
    await page.waitForTimeout(250)
    await page.screenshot({ path: `${folder}/bench-selected-${name}.png` })
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Choisir le disque…' }).click()
    await page.getByRole('radio').first().check()
    await page.screenshot({ path: `${folder}/choice-${name}.png` })
    await page.goto(`${server.url}/machines/machine-01`)
    await page
      .getByRole('button', { name: /Changer l’état/ })
      .first()
      .click()
    await page.screenshot({ path: `${folder}/transition-${name}.png` })
    expect(visitor.faults).toEqual([])
  })

  test('on the wall', async () => {
    await using visitor = await visit(browser, busyWorkshop(), {
      viewport: { width: 1920, height: 1080 },
      seedStorage: { theme: 'dark' },
    })
    await visitor.page.waitForTimeout(250)
    await visitor.page.screenshot({ path: `${folder}/bench-wall.png` })
  })

  test.each(looks)('at $name, before anything happened', async ({ name, width, height, theme }) => {
    const seed = emptyWorkshop()
    await using visitor = await visit(browser, seed, {
      viewport: { width, height },
      seedStorage: { theme },
      signedOut: true,
    })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'Se connecter' }).waitFor()
    await page.screenshot({ path: `${folder}/sign-in-${name}.png` })
    await page.getByLabel('Mot de passe').fill('faux')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByText('Nom ou mot de passe inconnu.').waitFor()
    await page.screenshot({ path: `${folder}/sign-in-refused-${name}.png` })
    await page.getByLabel('Mot de passe').fill('atelier')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    for (const path of ['', 'stock', 'images']) {
      await page.goto(`${server.url}/${path}`)
      await page.getByText('en direct').first().waitFor()
      await page.waitForTimeout(150)
      await page.screenshot({ path: `${folder}/empty-${path === '' ? 'bench' : path}-${name}.png` })
    }
    seed.session.server.dhcpMode = 'off'
    await page.goto(server.url)
    await page.getByText('coupé').waitFor()
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    await page.screenshot({ path: `${folder}/empty-off-lost-${name}.png` })
  })
})

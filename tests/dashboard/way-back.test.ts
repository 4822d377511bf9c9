import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { busyWorkshop } from './workshop.ts'

/** What has the focus, by its words; `BODY` when it is lost. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) return 'BODY'
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent.trim()
  })

describe.skipIf(!hasBrowser)('the way back', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('to the stock finds what was searched for, after a reload too', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/stock' })
    const { page } = visitor
    await page.getByRole('button', { name: /^livré 3/ }).click()
    await page.getByLabel('Chercher').fill('Z5')
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    await page.locator('tbody th a').click()
    await page.waitForURL(/machines/)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goBack()
    await page.waitForURL(/stock\?state=delivered&search=Z5/)
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    expect(await page.getByLabel('Chercher').inputValue()).toBe('Z5')
    expect(visitor.faults).toEqual([])
  })

  test('from a dialog leads to what opened it, whether it was closed or has done its work', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/machines/machine-01' })
    const { page } = visitor
    const open = page.getByRole('button', { name: 'Changer l’état…' })
    await open.click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await focused(page)).toBe('Changer l’état…')
    await open.click()
    await page.getByLabel('Raison').fill('x')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Changer l’état…')
  })

  test('is not lost with a button that goes when it is pressed, or is switched off by it', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/stock?search=nothing-like-it' })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'Afficher toutes les fiches' }).press('Enter')
    await page.locator('tbody tr').first().waitFor()
    expect(await focused(page)).not.toBe('BODY')
    await page.goto(`${server.url}/sequences/nuc-cuisine`)
    await page.getByLabel('Le fichier').fill('name: X\nenvironment:\n  - restart: {}\n')
    await page.getByRole('button', { name: 'Enregistrer' }).press('Enter')
    await page.getByText('Enregistré.').waitFor()
    expect(await focused(page)).not.toBe('BODY')
    await page.goto(`${server.url}/machines/machine-08`)
    await page.getByRole('button', { name: 'Préparer ce poste…' }).press('Enter')
    await page.getByLabel('Séquence').waitFor()
    expect(await focused(page)).not.toBe('BODY')
  })

  test('is nobody’s business where a person clicks beside everything', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/machines/machine-01' })
    const { page, server } = visitor
    const [machine] = server.seed.machines
    if (machine === undefined) throw new Error('the seed is empty')
    await page.getByRole('button', { name: 'Renommer' }).focus()
    await page.mouse.click(5, 500)
    server.send({ type: 'machine', machine: { ...machine, name: 'Neuf', label: 'Neuf' } })
    await page.getByRole('heading', { level: 1, name: 'Neuf' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toMatch(/BODY|MAIN/)
  })
})

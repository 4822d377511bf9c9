import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, hold, openBrowser, visit } from './browser.ts'
import { busyWorkshop } from './workshop.ts'

const shipped = '/sequences/nuc-windows-11-pro'
const text = 'name: La nôtre\nenvironment:\n  - restart: {}\n'

describe.skipIf(!hasBrowser)('a sequence', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('that is shipped is saved under a name of its own, which nobody else has', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: shipped })
    const { page, server } = visitor
    await page.getByLabel('Le fichier').fill(text)
    await page.getByRole('button', { name: 'Enregistrer…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/Nom du fichier/).fill('hardware-check')
    await dialog.getByText(/Une séquence a déjà ce nom/).waitFor()
    expect(await dialog.getByRole('button', { name: 'Enregistrer' }).isDisabled()).toBe(true)
    await dialog.getByLabel(/Nom du fichier/).fill('comptoir')
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await page.waitForURL(/sequences\/comptoir$/)
    expect(server.calls).toEqual([{ method: 'PUT', path: '/api/sequences/comptoir', body: text }])
    await page.goto(server.url + shipped)
    await expect.poll(() => page.getByLabel('Le fichier').inputValue()).toContain('name: NUC, Windows 11 Pro')
    expect(visitor.faults).toEqual([])
  })

  test('that is shipped is replaced when that is said, and comes back', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: shipped })
    const { page, server } = visitor
    const file = page.getByLabel('Le fichier')
    await file.fill(text)
    await page.getByRole('button', { name: 'Enregistrer…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /À la place de/ }).check()
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Enregistré.').waitFor()
    await page.getByText('à vous, à la place de la fournie').waitFor()
    await hold(page, page.getByRole('button', { name: 'Maintenir pour reprendre la séquence fournie' }))
    await expect.poll(() => file.inputValue()).toContain('name: NUC, Windows 11 Pro')
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /api${shipped}`,
      `DELETE /api${shipped}`,
    ])
    expect(visitor.faults).toEqual([])
  })

  test('keeps what was typed and not saved, wherever one goes, until it is given up', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/sequences/nuc-cuisine' })
    const { page, server } = visitor
    const file = page.getByLabel('Le fichier')
    const before = await file.inputValue()
    await file.fill(text)
    await page.getByRole('link', { name: 'Stock' }).click()
    await page.getByRole('heading', { level: 1, name: 'Stock' }).waitFor()
    await page.goto(`${server.url}/sequences/nuc-cuisine`)
    await page.getByText('pas enregistré').waitFor()
    expect(await file.inputValue()).toBe(text)
    await page.getByRole('button', { name: 'Abandonner ces changements' }).click()
    expect(await file.inputValue()).toBe(before)
    await page.reload()
    await page.getByText('en direct').first().waitFor()
    expect(await page.getByLabel('Le fichier').inputValue()).toBe(before)
    expect(server.calls).toEqual([])
    expect(visitor.faults).toEqual([])
  })
})

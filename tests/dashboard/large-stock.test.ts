import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { largeStock } from './large-stock.ts'
import { minutesAgo } from './seed.ts'

describe.skipIf(!hasBrowser)('a stock of 5,000 machines', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('comes as it is scrolled to, and says how much there is', async () => {
    await using visitor = await visit(browser, largeStock(), { path: '/stock' })
    const { page, faults } = visitor
    const rows = page.locator('tbody tr')
    await page.getByText(/100 fiches sur 5.?000/).waitFor()
    expect(await rows.count()).toBe(100)
    // Pressed while a page is just being laid out, the key leads to where the end was: people press it again.
    const afterEnd = async (): Promise<number> => {
      await page.keyboard.press('End')
      return rows.count()
    }
    for (const least of [200, 300, 400]) await expect.poll(afterEnd).toBeGreaterThanOrEqual(least)
    const labels = await rows.locator('th a').allTextContents()
    expect(new Set(labels).size).toBe(labels.length)
    expect(faults).toEqual([])
  })

  test('opens the machine whose serial a scanner types, though it is on no page yet', async () => {
    await using visitor = await visit(browser, largeStock(), { path: '/stock' })
    const { page } = visitor
    await page.locator('tbody tr').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('G6AN14004321')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/machines\/machine-4321$/)
    await page.goBack()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    expect(await page.getByRole('searchbox').inputValue()).toBe('G6AN14004321')
  })

  test('is true again as far as it was read, once the line is back', async () => {
    const seed = largeStock()
    await using visitor = await visit(browser, seed, { path: '/stock' })
    const { page, server, faults } = visitor
    const rows = page.locator('tbody tr')
    await page.getByText(/100 fiches sur 5.?000/).waitFor()
    for (const least of [200, 300]) {
      await page.keyboard.press('End')
      await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(least)
    }
    const many = await rows.count()
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    // Nobody tells this page of what happens now: one record on its third page changes, one is gone.
    const [one, other] = [seed.records[250], seed.records[252]]
    if (one === undefined || other === undefined) throw new Error('the seed is empty')
    one.reason = 'Vu pendant la coupure'
    seed.records = seed.records.filter((each) => each !== other)
    server.mend()
    await page.getByText('en direct').waitFor()
    const row = page.getByRole('row').filter({ hasText: one.label })
    await expect.poll(() => row.textContent()).toContain('Vu pendant la coupure')
    expect(await page.getByRole('link', { name: other.label }).count()).toBe(0)
    expect(await rows.count()).toBeGreaterThanOrEqual(many)
    expect(faults).toEqual([])
  })

  test('reads what changed in the moment it was left, when one comes back', async () => {
    const seed = largeStock()
    await using visitor = await visit(browser, seed, { path: '/stock' })
    const { page, server } = visitor
    await page.locator('tbody tr').first().waitFor()
    const old = seed.records[4000]
    if (old === undefined) throw new Error('the seed is empty')
    Object.assign(old, { reason: 'Revenu du client', changedAt: minutesAgo(0) })
    server.send({ type: 'record', record: old })
    await page.getByRole('link', { name: 'Atelier' }).click()
    await page.getByRole('link', { name: 'Stock' }).click()
    await expect.poll(() => page.locator('tbody tr').first().textContent()).toContain('Revenu du client')
  })

  test('has a record that changes at its top, in its new state', async () => {
    const seed = largeStock()
    await using visitor = await visit(browser, seed, { path: '/stock' })
    const { page, server } = visitor
    await page.locator('tbody tr').first().waitFor()
    const old = seed.records[4000]
    if (old === undefined) throw new Error('the seed is empty')
    Object.assign(old, { state: 'attention', reason: 'Revenu du client', changedAt: minutesAgo(0) })
    server.send({ type: 'record', record: old })
    await expect.poll(() => page.locator('tbody tr').first().textContent()).toContain('Revenu du client')
    await page.getByRole('button', { name: /^à voir 1$/ }).waitFor()
  })
})

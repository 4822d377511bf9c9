import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doubtSentences } from '../../server/machines/doubt-sentences.ts'
import { hasBrowser, hold, openBrowser, visit } from './browser.ts'
import { inDoubt } from './doubt-moments.ts'

const note = (page: Page): Locator => page.locator('section.doubt')
const { fr } = doubtSentences.CLONES.message({})

describe.skipIf(!hasBrowser)('two records that may be one PC', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('stand on the bench side by side, once, with what tells them apart', async () => {
    await using visitor = await visit(browser, inDoubt())
    const { page, faults } = visitor
    await page.getByRole('heading', { level: 2, name: /Un seul poste, ou deux/ }).waitFor()
    expect(await note(page).count()).toBe(1)
    await note(page).getByText(fr).waitFor()
    const [a, b] = await Promise.all(
      [0, 1].map((index) =>
        note(page)
          .locator('tbody td')
          .nth(4 + index)
          .textContent(),
      ),
    )
    expect([a, b]).toEqual([expect.stringContaining('48:21:0b:00:00:01'), expect.stringContaining('48:21:0b:00:00:02')])
    expect(await note(page).getByText('identique').count()).toBe(4)
    await note(page).getByText('S64DNX0T900001K').waitFor()
    await note(page).getByText('S64DNX0T900002K').waitFor()
    expect(faults).toEqual([])
  })

  test('cannot be picked for a run until somebody has decided', async () => {
    await using visitor = await visit(browser, inDoubt())
    const { page } = visitor
    const cards = page.locator('[data-machine^="twin-"]')
    await cards.first().getByText('décidez d’abord').waitFor()
    expect(await cards.getByRole('checkbox').count()).toBe(0)
    await page.goto(`${visitor.server.url}/machines/twin-2`)
    await note(page).getByText(fr).waitFor()
    expect(await page.getByRole('button', { name: 'Préparer' }).count()).toBe(0)
  })

  test('are joined into the record that is chosen', async () => {
    await using visitor = await visit(browser, inDoubt(), { path: '/machines/twin-2' })
    const { page, server } = visitor
    await note(page).getByRole('button', { name: 'C’est un seul poste…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('radio').first().isChecked()).toBe(true)
    await hold(page, dialog.getByRole('button', { name: 'Maintenir pour réunir les deux' }))
    await page.getByText('code TW21', { exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/machines/twin-1')
    await note(page).waitFor({ state: 'detached' })
    expect(server.calls).toEqual([{ method: 'POST', path: '/api/machines/twin-1/join', body: { other: 'twin-2' } }])
  })

  test('are kept apart, and the question goes from the bench', async () => {
    await using visitor = await visit(browser, inDoubt())
    const { page, server } = visitor
    await note(page).getByRole('button', { name: 'Ce sont deux postes…' }).click()
    await hold(page, page.getByRole('dialog').getByRole('button', { name: 'Maintenir pour garder séparés' }))
    await note(page).waitFor({ state: 'detached' })
    expect(server.calls).toEqual([{ method: 'POST', path: '/api/machines/twin-1/apart', body: { other: 'twin-2' } }])
    await page.locator('[data-machine="twin-2"]').getByRole('checkbox').waitFor()
  })

  test('are shown to the screen on the wall without buttons', async () => {
    const seed = inDoubt()
    seed.session = { ...seed.session, role: 'screen', permissions: ['read'] }
    await using visitor = await visit(browser, seed)
    await note(visitor.page).getByText(fr).waitFor()
    expect(await note(visitor.page).getByRole('button').count()).toBe(0)
  })

  test.each([360, 390, 1440])('do not scroll sideways at %i px', async (width) => {
    await using visitor = await visit(browser, inDoubt(), { viewport: { width, height: 800 } })
    const { page, server } = visitor
    for (const path of ['/', '/machines/twin-1']) {
      await page.goto(server.url + path)
      await note(page).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    }
  })
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, hold, openBrowser, visit } from './browser.ts'
import { edition, logLines } from './moments.ts'
import { signedInAs } from './signed-in.ts'
import { busyWorkshop } from './workshop.ts'

const paths = ['/', '/machines/machine-01', '/machines/machine-06', '/stock', '/images', '/sequences', '/settings']

describe.skipIf(!hasBrowser)('the pages', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test.each([360, 390, 1440])('none scrolls sideways at %i px', async (width) => {
    const seed = busyWorkshop()
    seed.imports = edition
    await using visitor = await visit(browser, seed, { viewport: { width, height: 800 } })
    const { page, server, faults } = visitor
    server.log = logLines
    for (const path of paths) {
      await page.goto(server.url + path)
      await page.getByText('en direct').first().waitFor()
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(over, path).toBeLessThanOrEqual(0)
    }
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Choisir tout ce qui attend' }).click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expect(faults).toEqual([])
  })

  test('every control has a name, every page one first heading and no id twice', async () => {
    const seed = busyWorkshop()
    seed.imports = edition
    await using visitor = await visit(browser, seed)
    const { page, server } = visitor
    for (const path of paths) {
      await page.goto(server.url + path)
      await page.getByText('en direct').first().waitFor()
      expect.soft(await page.locator('h1').count(), path).toBe(1)
      const nameless = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, [role]')]
          .filter((one) => !['status', 'alert', 'presentation'].includes(one.getAttribute('role') ?? ''))
          .filter((one) => {
            const labels =
              one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? [...(one.labels ?? [])] : []
            const words = [one.getAttribute('aria-label'), one.textContent, ...labels.map((label) => label.textContent)]
            return one.getAttribute('aria-labelledby') === null && words.every((word) => (word ?? '').trim() === '')
          })
          .map((one) => one.outerHTML.slice(0, 120)),
      )
      expect.soft(nameless, path).toEqual([])
      const twice = await page.evaluate(() => {
        const ids = [...document.querySelectorAll('[id]')].map((one) => one.id)
        return ids.filter((id, index) => ids.indexOf(id) !== index)
      })
      expect.soft(twice, path).toEqual([])
    }
  })

  test('shows a machine: its hardware, its steps, and its log as it grows', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/machines/machine-01' })
    const { page, server } = visitor
    server.log = logLines.slice(0, 3)
    await page.reload()
    await page.getByText('Kingston KF432S20IB/8').waitFor()
    await page.getByText('vide', { exact: true }).waitFor()
    await page.getByText('Secure Boot actif').waitFor()
    await page.getByText('a chargé shimx64.efi').waitFor()
    const log = page.getByRole('log')
    await log.getByText('Disque choisi').waitFor()
    const text = 'Une ligne de plus'
    const at = new Date().toISOString()
    const lines = [{ at, level: 'output' as const, text }]
    server.send({ type: 'deployment-log', deploymentId: 'run-machine-01', stepId: 'environment-2', from: 3, lines })
    server.send({ type: 'deployment-log', deploymentId: 'run-machine-01', stepId: 'environment-2', from: 3, lines })
    await log.getByText(text).waitFor()
    expect(await log.getByText(text).count()).toBe(1)
    await page.getByRole('radio', { name: 'sans la sortie brute' }).check()
    expect(await log.getByText(text).count()).toBe(0)
    await page.getByRole('button', { name: 'Renommer' }).click()
    await page.getByLabel('Nom').fill('Bureau du fond')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Bureau du fond' }).waitFor()
    expect(server.calls).toEqual([
      { method: 'PATCH', path: '/api/machines/machine-01', body: { name: 'Bureau du fond' } },
    ])
  })

  test('forgets a machine, once a manager has held the button', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/machines/machine-01' })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'Oublier ce poste…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('supprimés pour toujours').waitFor()
    await hold(page, dialog.getByRole('button', { name: 'Maintenir pour oublier ce poste' }))
    await page.getByRole('heading', { level: 1, name: 'Atelier' }).waitFor()
    await page.locator('[data-machine="machine-01"]').waitFor({ state: 'detached' })
    expect(server.calls).toEqual([{ method: 'DELETE', path: '/api/machines/machine-01', body: undefined }])
  })

  test('lets the screen on the wall look at a machine that needs somebody, and touch nothing', async () => {
    const seed = signedInAs(busyWorkshop(), 'screen')
    await using visitor = await visit(browser, seed, { path: '/machines/machine-06' })
    const { page } = visitor
    await page.locator('li', { hasText: 'Partition du disque' }).first().waitFor()
    for (const name of ['Reprendre ici', 'Reprendre', 'Renommer', 'Préparer', 'Changer d’état'])
      expect([name, await page.getByRole('button', { name, exact: true }).count()]).toEqual([name, 0])
  })

  test('changes one’s own password, and says what that does to other sessions', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/settings' })
    const { page, server, faults } = visitor
    await page.getByText('Changer de mot de passe').click()
    await page.getByLabel('Mot de passe actuel').fill('atelier-de-test')
    await page.getByLabel('Nouveau, 8 caractères au moins').fill('un-autre-mot-de-passe')
    await page.getByRole('button', { name: 'Changer', exact: true }).click()
    await page.getByText('C’est fait. Toutes vos autres sessions sont fermées.').waitFor()
    expect(server.calls).toEqual([
      {
        method: 'PUT',
        path: '/api/session/password',
        body: { current: 'atelier-de-test', next: 'un-autre-mot-de-passe' },
      },
    ])
    expect(faults).toEqual([])
  })

  test('offers to forget a machine to managers only', async () => {
    const seed = signedInAs(busyWorkshop(), 'technician')
    await using visitor = await visit(browser, seed, { path: '/machines/machine-01' })
    const { page } = visitor
    await page.getByRole('button', { name: 'Renommer' }).waitFor()
    expect(await page.getByRole('button', { name: 'Oublier ce poste…' }).count()).toBe(0)
  })

  test('takes a failed run up again from an earlier step', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/machines/machine-06' })
    const { page, server } = visitor
    await page.locator('li', { hasText: 'Partition du disque' }).getByRole('button', { name: 'Reprendre ici' }).click()
    await expect
      .poll(() => server.calls)
      .toEqual([{ method: 'POST', path: '/api/deployments/run-machine-06/retry', body: { stepId: 'environment-1' } }])
  })

  test('lets the keyboard go through the stock: slash, words, arrows, Enter', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/stock' })
    const { page, server } = visitor
    await page.locator('tbody tr').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('nuc13 pret')
    await expect.poll(() => page.locator('tbody tr').count()).toBe(0)
    await page.getByRole('button', { name: 'Afficher toutes les fiches' }).click()
    await page.getByRole('button', { name: /^livré 3/ }).click()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(3)
    await page.keyboard.press('/')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const second = await page.locator('tbody tr').nth(1).locator('th a').textContent()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: second ?? '' }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/machines\//)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Stock' }).waitFor()
    expect(server.calls).toEqual([])
  })

  test('changes a state with a reason, and asks who answers for missing evidence', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/stock' })
    const { page, server } = visitor
    await page.locator('tr', { hasText: 'G6AN132044DD' }).hover()
    await page.getByRole('button', { name: 'Changer l’état de G6AN132044DD' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /prêt à la vente/ }).check()
    await dialog.getByLabel('Raison').fill('Vu par Claire')
    await page.keyboard.press('Enter')
    await dialog.getByText('Les preuves manquent').waitFor()
    await dialog.getByLabel(/J’en réponds/).check()
    await dialog.getByRole('button', { name: 'Changer l’état', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(server.calls.map((call) => call.body)).toEqual([
      { to: 'ready', reason: 'Vu par Claire' },
      { to: 'ready', reason: 'Vu par Claire', override: true },
    ])
    await page.locator('tr', { hasText: 'G6AN132044DD' }).getByText('prêt à la vente').waitFor()
  })

  test('speaks English when asked, and remembers it', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/settings' })
    const { page, server } = visitor
    await page.getByRole('radio', { name: 'English' }).check()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.goto(server.url)
    await page.getByRole('heading', { name: /Needs a person/ }).waitFor()
    await page.getByText('This machine has two disks.').waitFor()
    await page.getByText(/96\.4.MB\/s/).waitFor()
  })

  test('shows where a sequence is wrong, and keeps what was typed when it is refused', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/sequences/nuc-cuisine' })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'ligne 3, colonne 5' }).click()
    const file = page.getByLabel('Le fichier')
    expect(await file.evaluate((area) => area instanceof HTMLTextAreaElement && area.selectionStart)).toBe(41)
    await page.keyboard.type(' ')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByRole('alert').getByText('Une étape est inconnue.').waitFor()
    await file.fill('name: NUC de la cuisine\nenvironment:\n  - partition-disk: { disk: only }\n')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.getByText('Aucune faute dans le texte.').waitFor()
    expect(server.calls.map((call) => call.path)).toEqual(['/api/sequences/nuc-cuisine', '/api/sequences/nuc-cuisine'])
  })
})

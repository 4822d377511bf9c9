import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { minutesAgo, steps } from './seed.ts'
import { busyWorkshop } from './workshop.ts'

describe.skipIf(!hasBrowser)('nothing is green without a proof', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('an update that is another kind of file is named as such, and what it lacks', async () => {
    const seed = busyWorkshop()
    const [update] = seed.catalogue.updates.items
    if (update === undefined) throw new Error('no update')
    const message = { fr: '« kb.msu » (15 o) n’est pas une mise à jour de Windows.', en: 'kb.msu is no update.' }
    update.usable = false
    update.problems = [{ code: 'FILE_ANOTHER_KIND', message, line: 1, column: 1 }]
    await using visitor = await visit(browser, seed, { path: '/images' })
    const { page, faults } = visitor
    const row = page.locator('li', { has: page.getByRole('heading', { name: update.id }) }).last()
    await row.getByText('fichier abîmé').waitFor()
    await row.getByText('n’est pas une mise à jour de Windows').waitFor()
    expect(await row.locator('svg.done').count()).toBe(0)
    expect(await row.locator('svg.failed').count()).toBe(1)
    expect(faults).toEqual([])
  })

  test('a sequence that names an unknown package says so in the list and above its steps', async () => {
    const seed = busyWorkshop()
    const [sequence] = seed.sequences
    if (sequence === undefined) throw new Error('no sequence')
    const message = { fr: 'Le logiciel « teamviewer » n’existe pas.', en: 'There is no package "teamviewer".' }
    sequence.lacking = [{ code: 'SOFTWARE_NOT_FOUND', message, line: 9, column: 34, conditional: false }]
    await using visitor = await visit(browser, seed, { path: `/sequences/${sequence.id}` })
    const { page, faults } = visitor
    await page.getByRole('navigation', { name: 'Séquences' }).getByText('1 manque au catalogue').waitFor()
    await page.getByText('Une préparation qui en a besoin serait refusée').waitFor()
    await page.locator('main').getByText('Le logiciel « teamviewer » n’existe pas.').waitFor()
    await page.getByText('SOFTWARE_NOT_FOUND').waitFor()
    expect(faults).toEqual([])
  })

  test('a start the server would refuse says so before anything is erased, and is offered once it is mended', async () => {
    const seed = busyWorkshop()
    const [sequence] = seed.sequences
    if (sequence === undefined) throw new Error('no sequence')
    const message = {
      fr: 'L’installateur de « TeamViewer » manque. Copiez-le dans son dossier.',
      en: 'The installer of TeamViewer is missing. Copy it into its folder.',
    }
    const lack = { code: 'SOFTWARE_INSTALLER_MISSING', message, line: 9, column: 34 }
    sequence.lacking = [{ ...lack, conditional: false }]
    await using visitor = await visit(browser, seed)
    const { page, server, faults } = visitor
    await page.getByRole('checkbox', { name: 'Choisir G6AN132011AA' }).check()
    const panel = page.getByRole('region', { name: 'Lancer' })
    await panel.getByText('Le serveur refuserait cette préparation').waitFor()
    await panel.getByText('L’installateur de « TeamViewer » manque.').waitFor()
    expect(await panel.getByRole('button', { name: /^Maintenir/ }).count()).toBe(0)
    expect(await panel.getByRole('link', { name: 'Complétez d’abord le catalogue' }).getAttribute('href')).toBe(
      '/images',
    )
    expect(await panel.getByRole('link', { name: 'Ouvrir le catalogue' }).getAttribute('href')).toBe('/images')
    sequence.lacking = [{ ...lack, conditional: true }]
    await panel.getByRole('button', { name: /^Maintenir/ }).waitFor()
    await panel.getByText('là où une étape à condition a besoin de ce qui manque').waitFor()
    sequence.lacking = []
    await expect.poll(() => panel.getByText('TeamViewer').count()).toBe(0)
    expect(server.calls).toEqual([])
    expect(faults).toEqual([])
  })

  test('a step whose result says failed has no check mark, and says what failed; its card says so, too', async () => {
    const seed = busyWorkshop()
    const done = seed.deployments.find(({ state }) => state === 'done')
    if (done === undefined) throw new Error('no run that is over')
    done.steps = steps(9, 'done').map((step) =>
      step.type === 'windows-update' ? { ...step, result: { failed: [{ title: 'KB5058411' }], installed: [] } } : step,
    )
    await using visitor = await visit(browser, seed)
    const { page, faults } = visitor
    const card = page.locator('article', { hasText: done.machineLabel })
    await card.getByText('1 point n’a pas abouti').waitFor()
    expect(await card.locator('svg.done').count()).toBe(0)
    await card.getByRole('link', { name: done.machineLabel }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Mises à jour de Windows' }).last()
    await row.getByText(/1 point n’a pas abouti\s: KB5058411/).waitFor()
    expect(await row.locator('svg.done').count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('a PC whose check went well shows that one verdict, and what drivers were foreseen behind a fold', async () => {
    const seed = busyWorkshop()
    const machine = seed.machines.find(({ id }) => id === 'machine-01')
    const record = seed.records.find(({ id }) => id === machine?.recordId)
    if (record === undefined) throw new Error('no record')
    record.evidence = { runId: 'run-machine-01', at: minutesAgo(4), passed: true, holds: true }
    await using visitor = await visit(browser, seed, { path: '/machines/machine-01' })
    const { page, server, faults } = visitor
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Pilotes', exact: true }) }).last()
    await panel.getByText('Le contrôle a été fait sous Windows').waitFor()
    expect(await panel.locator('svg.attention').count()).toBe(0)
    expect(await panel.getByText('1 sans pilote').isVisible()).toBe(false)
    await panel.getByText('Ce que les lots prévoyaient avant Windows').click()
    await panel.getByText('1 sans pilote').waitFor()
    expect(await panel.locator('svg.attention').count()).toBe(0)
    // Its disk is written again: the check holds no longer, and what is foreseen counts.
    server.send({ type: 'record', record: { ...record, evidence: { ...record.evidence, holds: false } } })
    await expect.poll(() => panel.locator('svg.attention').count()).toBeGreaterThan(0)
    expect(faults).toEqual([])
  })
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { look } from './catalogue.ts'
import type { Seed } from './seed.ts'
import { busyWorkshop } from './workshop.ts'

/** A workshop with a check that a sleeping agent takes; `id` is of the first machine whose record is so. */
function workshopWith(state: Seed['records'][number]['state'], hasAgent = false): { seed: Seed; id: string } {
  const seed = busyWorkshop()
  const steps = look.steps.map((step) => ({ ...step, phase: 'windows' as const }))
  seed.sequences.push({ ...look, id: 'avant-livraison', name: 'Contrôle avant livraison', steps })
  const id = seed.records.find((one) => one.state === state)?.machineId ?? ''
  for (const machine of seed.machines) if (machine.id === id) machine.hasAgent = hasAgent
  return { seed, id }
}

describe.skipIf(!hasBrowser)('a machine about to be handed over', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('that is ready is prepared again only after a warning', async () => {
    const { seed, id } = workshopWith('ready')
    await using visitor = await visit(browser, seed, { path: `/machines/${id}` })
    const { page } = visitor
    await page.getByRole('button', { name: 'Préparer ce poste…' }).click()
    await page.getByText(/1 poste prêt à la vente\s: son Windows et ses preuves seront perdus/).waitFor()
    await page.getByLabel('Séquence').selectOption({ label: 'Contrôle du matériel' })
    expect(await page.getByText(/seront perdus/).count()).toBe(0)
    expect(await page.getByRole('option', { name: 'Contrôle avant livraison' }).count()).toBe(0)
    expect(visitor.faults).toEqual([])
  })

  test.each(['reserved', 'delivered', 'retired'] as const)(
    'that is %s is not offered to be prepared',
    async (state) => {
      const { seed, id } = workshopWith(state)
      await using visitor = await visit(browser, seed, { path: `/machines/${id}` })
      const { page } = visitor
      await page.getByRole('button', { name: 'Renommer' }).waitFor()
      expect(await page.getByRole('button', { name: /(Préparer|Contrôler) ce poste/ }).count()).toBe(0)
    },
  )

  test('that is reserved is offered the check before delivery where an agent sleeps, and nothing that erases', async () => {
    const { seed, id } = workshopWith('reserved', true)
    await using visitor = await visit(browser, seed, { path: `/machines/${id}` })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'Contrôler ce poste…' }).click()
    const options = await page.getByLabel('Séquence').locator('option').allTextContents()
    expect(options).toEqual(['Contrôle avant livraison', 'Contrôle du matériel'])
    await page.getByRole('button', { name: 'Lancer sur 1 poste' }).click()
    await expect
      .poll(() => server.calls.map(({ body }) => body))
      .toEqual([{ machineIds: [id], sequenceId: 'avant-livraison' }])
  })

  test('that was called ready by a person is not said to be untouched, nor proven', async () => {
    const { seed, id } = workshopWith('ready')
    await using visitor = await visit(browser, seed, { path: `/machines/${id}` })
    const { page } = visitor
    await page.getByText('Établi n’a rien fait sur ce poste.').waitFor()
    await page.getByText(/Sans preuves\s: quelqu’un en a répondu/).waitFor()
    expect(await page.getByText('Rien n’a été écrit').count()).toBe(0)
    await page.goto(`${visitor.server.url}/machines/machine-08`)
    await page.getByText('Rien n’a été écrit sur ce poste.').waitFor()
  })

  test('and was called delivered by mistake goes back with a reason', async () => {
    const { seed, id } = workshopWith('delivered')
    for (const one of seed.records) if (one.machineId === id) one.transitions = ['reserved', 'received', 'retired']
    await using visitor = await visit(browser, seed, { path: `/machines/${id}` })
    const { page, server } = visitor
    await page.getByRole('button', { name: 'Changer l’état…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Livré par erreur/).waitFor()
    expect(await dialog.getByRole('radio', { name: 'réservé' }).isChecked()).toBe(true)
    await dialog.getByLabel('Raison').fill('Mauvais client')
    await dialog.getByRole('button', { name: 'Changer l’état', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(server.calls.map(({ body }) => body)).toEqual([{ to: 'reserved', reason: 'Mauvais client' }])
    await page.locator('header').getByText('réservé').waitFor()
  })
})

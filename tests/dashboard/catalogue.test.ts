import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { signedInAs } from './signed-in.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

describe.skipIf(!hasBrowser)('the catalogue beside images', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('says where a missing installer comes from and goes, takes it, and is ready then', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/images' })
    const { page, server, faults } = visitor
    const row = page.locator('#software li', { hasText: 'teamviewer-host' })
    await row.getByText('Mettez TeamViewer_Host.msi ici').waitFor()
    await row.getByText('/srv/etabli/data/software/teamviewer-host').waitFor()
    await row.getByText('prenez TeamViewer_MSI64.zip').waitFor()
    const picker = row.getByLabel('Envoyer l’installateur de TeamViewer Host')
    await picker.setInputFiles({ name: 'TeamViewer_MSI64.zip', mimeType: '', buffer: Buffer.from('zip') })
    await row.getByText('Il faut un fichier qui finit par .msi').waitFor()
    expect(server.calls).toEqual([])
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'a')
    await picker.setInputFiles({ name: 'TeamViewer_Host (1).msi', mimeType: '', buffer: bytes })
    await row.getByText('prêt', { exact: true }).waitFor()
    expect(Buffer.concat(server.received.get('teamviewer-host') ?? []).equals(bytes)).toBe(true)
    // Two pages that send one installer are told apart by an id of each.
    const upload = /&upload=([0-9a-f]{24})$/.exec(server.calls[0]?.path ?? '')?.[1]
    expect(server.calls.map(({ path }) => path)).toEqual([
      `/api/software/teamviewer-host/files/TeamViewer_Host.msi?offset=0&size=${bytes.length}&upload=${upload}`,
      `/api/software/teamviewer-host/files/TeamViewer_Host.msi?offset=${8 * 1024 * 1024}&size=${bytes.length}&upload=${upload}`,
    ])
    expect(faults).toEqual([])
  })

  test('has what a person has to see to first, and counts it; a shipped package nobody uses troubles nobody', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/images' })
    const { page } = visitor
    const nav = page.getByRole('navigation', { name: 'Parties du catalogue' })
    await nav.getByRole('link', { name: /Logiciels 5\s*3 à voir/ }).waitFor()
    await nav.getByRole('link', { name: /^Mises à jour 3$/ }).waitFor()
    const names = await page.locator('#software h3').allTextContents()
    expect(names).toEqual(['impression', 'Lecteur PDF 24.10', 'TeamViewer Host', '7-Zip', 'TeamViewer (complet)'])
    await page.locator('#drivers').getByText('NUC13ANHi5, 14 périphériques').waitFor()
    await page.locator('#profiles').getByText('3 éléments retirés').click()
    await page.locator('#profiles').getByText('Publicité dans le menu Démarrer.').waitFor()
    await nav.getByRole('link', { name: /^Mises à jour/ }).click()
    expect(new URL(page.url()).hash).toBe('#updates')
  })

  test('says what to do first while there is nothing', async () => {
    await using visitor = await visit(browser, emptyWorkshop(), { path: '/images' })
    for (const words of ['Pas encore de lot de pilotes', 'Aucune mise à jour', 'Aucun profil de nettoyage'])
      await visitor.page.getByRole('heading', { name: words }).waitFor()
  })

  test('offers a technician nothing that the server then refuses: what machines run is a manager’s', async () => {
    const seed = signedInAs(busyWorkshop(), 'technician')
    await using visitor = await visit(browser, seed, { path: '/images' })
    const { page, faults } = visitor
    await page.locator('#software').getByText('installateur manquant').first().waitFor()
    for (const name of [/installateur/, /^Retirer/, /Importer/, /Choisir/])
      expect([name, await page.getByRole('button', { name }).count()]).toEqual([name, 0])
    expect(await page.locator('input[type=file]').count()).toBe(0)
    await page.goto(new URL('/sequences', page.url()).href)
    await page.getByText('Un responsable change les séquences').waitFor()
    expect(await page.getByRole('button', { name: /Enregistrer/ }).count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('is only looked at from the screen on the wall', async () => {
    const seed = signedInAs(busyWorkshop(), 'screen')
    await using visitor = await visit(browser, seed, { path: '/images' })
    await visitor.page.locator('#software').getByText('installateur manquant').first().waitFor()
    expect(await visitor.page.getByRole('button', { name: /installateur/ }).count()).toBe(0)
  })

  test('tells of a machine which devices have no driver, before those that have one', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { path: '/machines/machine-01' })
    const { page, faults } = visitor
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Pilotes', exact: true }) }).last()
    await panel.getByText('1 sans pilote').waitFor()
    expect(await panel.locator('li').first().textContent()).toContain('contrôleur SMBus')
    await panel.getByText('1 par Windows').click()
    await panel.getByText('disque NVMe').waitFor()
    expect(faults).toEqual([])
  })
})

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewcomerView } from '../../server/api/netboot/schema.ts'
import { hasBrowser, hold, openBrowser, visit } from './browser.ts'
import { steps } from './seed.ts'
import { refused } from './newcomers.ts'
import { signedInAs } from './signed-in.ts'
import { busyWorkshop, emptyWorkshop } from './workshop.ts'

const card = (page: Page, label: string): Locator => page.locator('article', { hasText: label })

describe.skipIf(!hasBrowser)('the bench', () => {
  let browser: Browser
  beforeAll(async () => void (browser = await openBrowser()))
  afterAll(() => browser.close())

  test('signs a person in, and says where the first password is', async () => {
    await using visitor = await visit(browser, busyWorkshop(), { signedOut: true })
    const { page, faults } = visitor
    await page.getByText('Premier démarrage').waitFor()
    await page.getByLabel('Mot de passe').fill('faux')
    await page.getByRole('button', { name: 'Se connecter' }).click()
    await page.getByRole('alert').getByText('Nom ou mot de passe inconnu.').waitFor()
    await page.getByLabel('Mot de passe').fill('atelier')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /En préparation/ }).waitFor()
    expect(faults).toEqual([])
  })

  test('starts two picked machines once the button is held to its end', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server, faults } = visitor
    await page.getByRole('checkbox', { name: 'Choisir G6AN132011AA' }).check()
    await card(page, 'Mairie, accueil').click()
    await page.getByText('2 postes choisis').waitFor()
    const panel = page.getByRole('region', { name: 'Lancer' })
    await panel.locator('li', { hasText: 'G6AN132011AA' }).getByText('S64DNX0T500861K').waitFor()
    await panel.locator('li', { hasText: 'G6AN132011AA' }).getByText('Samsung SSD 980 500GB').waitFor()
    const button = panel.getByRole('button', { name: 'Maintenir pour effacer et préparer 2 postes' })
    await button.click()
    await page.getByText('Gardez le bouton enfoncé').waitFor()
    expect(server.calls).toEqual([])
    await panel.getByLabel('Image').selectOption('windows-10-pro')
    await hold(page, button)
    await expect
      .poll(() => server.calls)
      .toEqual([
        {
          method: 'POST',
          path: '/api/deployments',
          body: {
            machineIds: ['machine-07', 'machine-09'],
            sequenceId: 'nuc-windows-11-pro',
            imageId: 'windows-10-pro',
            disksSeen: { 'machine-07': 'disks-of-machine-07', 'machine-09': 'disks-of-machine-09' },
          },
        },
      ])
    await card(page, 'Mairie, accueil').getByText('Prend son travail').waitFor()
    expect(await panel.count()).toBe(0)
    expect(faults).toEqual([])
  })

  test.each([
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])('does not move under the finger when it was let go too early, at $width px', async (viewport) => {
    await using visitor = await visit(browser, busyWorkshop(), { viewport })
    const { page, server } = visitor
    await page.getByRole('checkbox', { name: 'Choisir G6AN132011AA' }).check()
    const button = page.getByRole('button', { name: /^Maintenir pour effacer/ })
    await button.hover()
    const before = await button.boundingBox()
    await page.mouse.down()
    await page.waitForTimeout(150)
    await page.mouse.up()
    await page.getByText('Gardez le bouton enfoncé').waitFor()
    expect(await button.boundingBox()).toEqual(before)
    expect(server.calls).toEqual([])
  })

  test('is held by the keyboard too, and lets go when the key does', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    await page.getByRole('checkbox', { name: 'Choisir G6AN132011AA' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: /^Maintenir pour effacer/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForTimeout(1300)
    expect(server.calls).toEqual([])
    await page.keyboard.down('Enter')
    await page.waitForTimeout(1400)
    await page.keyboard.up('Enter')
    await expect.poll(() => server.calls.length).toBe(1)
  })

  test('does not claim to have seen disks that came up while the button was held', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    await page.getByRole('checkbox', { name: 'Choisir G6AN132011AA' }).check()
    const panel = page.getByRole('region', { name: 'Lancer' })
    const [machine] = server.seed.machines.filter(({ serial }) => serial === 'G6AN132011AA')
    const [disk] = machine?.hardware?.disks ?? []
    if (machine?.hardware == null || disk === undefined) throw new Error('the seed has this machine with a disk')
    await panel.getByRole('button', { name: /^Maintenir pour effacer/ }).hover()
    await page.mouse.down()
    const swapped = { ...machine.hardware, disks: [{ ...disk, serial: 'SWAPPED-NOW' }], disksRevision: 'swapped' }
    server.send({ type: 'machine', machine: { ...machine, hardware: swapped } })
    await panel.getByText('SWAPPED-NOW').waitFor()
    await expect
      .poll(() => server.calls.map(({ body }) => body), { timeout: 10_000 })
      .toMatchObject([{ disksSeen: { [machine.id]: `disks-of-${machine.id}` } }])
    await page.mouse.up()
  })

  test('picks a range with Shift and everything that waits with one button', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page } = visitor
    await card(page, 'G6AN132011AA').click()
    await card(page, 'Mairie, accueil').click({ modifiers: ['Shift'] })
    await page.getByText('3 postes choisis').waitFor()
    await page.getByRole('button', { name: 'Tout lâcher' }).click()
    await page.getByRole('button', { name: 'Choisir tout ce qui attend' }).click()
    await page.getByText('4 postes choisis').waitFor()
    await page.getByText('a 2 disques').waitFor()
    await page.getByText('n’a pas encore décrit son matériel').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('region', { name: 'Lancer' }).count()).toBe(0)
  })

  test('asks for no hold when the sequence writes to no disk', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    await card(page, 'G6AN132011AA').click()
    await page.getByLabel('Séquence').selectOption('hardware-check')
    await page.getByText('Cette séquence n’écrit sur aucun disque.').waitFor()
    await page.getByRole('button', { name: 'Lancer sur 1 poste' }).click()
    const body = { machineIds: ['machine-07'], sequenceId: 'hardware-check' }
    await expect.poll(() => server.calls.map((call) => call.body)).toEqual([body])
  })

  test('moves its progress without a reload, and a card only when its group changes', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    const [run] = server.seed.deployments
    if (run === undefined) throw new Error('no run')
    await card(page, 'SAV-0231').getByText(/^17/).waitFor()
    const progress = { fraction: 0.88, bytesPerSecond: 120_000_000, secondsLeft: 12 }
    server.send({
      type: 'deployment',
      deployment: { ...run, fraction: 0.33, steps: steps(2, 'running', { progress }) },
    })
    await card(page, 'SAV-0231').getByText(/^33/).waitFor()
    await card(page, 'SAV-0231')
      .getByText(/120.Mo\/s · reste 12.s/)
      .waitFor()
    const order = await page.locator('article h3').allTextContents()
    server.send({ type: 'deployment', deployment: { ...run, fraction: 0.34 } })
    await card(page, 'SAV-0231').getByText(/^34/).waitFor()
    expect(await page.locator('article h3').allTextContents()).toEqual(order)
    const endedAt = new Date().toISOString()
    server.send({ type: 'deployment', deployment: { ...run, state: 'done', fraction: 1, stepId: null, endedAt } })
    await page
      .getByRole('region', { name: /Terminés/ })
      .getByText('SAV-0231')
      .waitFor()
    await page.locator('[aria-live="polite"]', { hasText: 'SAV-0231, Terminés' }).waitFor({ state: 'attached' })
  })

  test('has the disk chosen by model and serial where a machine asks', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    await card(page, 'Cabinet Morel').getByText('Ce poste a deux disques.').waitFor()
    await card(page, 'Cabinet Morel').getByRole('button', { name: 'Choisir le disque…' }).click()
    const dialog = page.getByRole('dialog', { name: /Quel disque de Cabinet Morel/ })
    expect(await dialog.getByRole('button', { name: 'Choisissez d’abord un disque' }).isDisabled()).toBe(true)
    await dialog.getByRole('radio', { name: /Crucial CT1000P3PSSD8.*2311E6C0A1B2/ }).check()
    await hold(page, dialog.getByRole('button', { name: /^Maintenir pour effacer Crucial/ }))
    await expect
      .poll(() => server.calls)
      .toEqual([
        {
          method: 'POST',
          path: '/api/deployments/run-machine-05/retry',
          body: { variables: { disk: '2311E6C0A1B2' } },
        },
      ])
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.getByText('Ce poste a deux disques.').count()).toBe(0)
  })

  test('says that it has lost the server, and fetches what it missed when it is back', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server } = visitor
    server.cut()
    await page.getByText(/connexion perdue/).waitFor()
    const [run] = server.seed.deployments
    if (run === undefined) throw new Error('no run')
    run.fraction = 0.77
    server.mend()
    await page.getByText('en direct').waitFor()
    await card(page, 'SAV-0231').getByText(/^77/).waitFor()
  })

  test('shows who is on the network without being a machine, until it is one', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server, faults } = visitor
    const section = page.getByRole('region', { name: /pas encore un poste/ })
    const row = (mac: string): Locator => section.locator(`[data-newcomer="${mac}"]`)
    await row('00:1f:d0:11:22:33').getByText('Ce poste démarre en mode BIOS').waitFor()
    await row('38:d5:47:aa:bb:cc').getByText('UEFI 32 bits').waitFor()
    const { items } = server.seed.newcomers
    const newcomers = (list: typeof items, more: number, overflown: boolean) =>
      server.send({ type: 'newcomers', newcomers: { items: list, next: null, more, overflown } })
    newcomers([...items.slice(1), refused('02:00:00:00:00:0b', 11)], 0, false)
    await row('02:00:00:00:00:0b').getByText('ARM 64').waitFor()
    expect(await row('00:1f:d0:11:22:33').count()).toBe(0)
    newcomers(items, 280, true)
    await section.getByText('et au moins 280 autres').waitFor()
    newcomers([], 0, false)
    await section.waitFor({ state: 'hidden' })
    expect(faults).toEqual([])
  })

  test('has a card for a machine nobody has met, from its first packet on, with how far it came', async () => {
    const seed = emptyWorkshop()
    await using visitor = await visit(browser, seed)
    const { page, server, faults } = visitor
    await page.getByText('Aucun poste sur le réseau').waitFor()
    const first: NewcomerView = {
      ...{ mac: '88:ae:dd:0a:0b:0c', uuid: null, address: '10.0.0.57', times: 1, doing: 'dhcp', outcome: 'ok' },
      ...{ since: new Date().toISOString(), lastAt: new Date().toISOString() },
      text: { fr: 'A demandé une adresse.', en: 'Asked for an address.' },
    }
    const tell = (one: NewcomerView): void =>
      server.send({ type: 'newcomers', newcomers: { items: [one], next: null, more: 0, overflown: false } })
    tell(first)
    const booting = page.getByRole('region', { name: 'Démarrent sur le réseau' })
    const newcomer = booting.locator('[data-newcomer="88:ae:dd:0a:0b:0c"]')
    await newcomer.getByText('Demande une adresse').waitFor()
    expect(await page.getByText('Aucun poste sur le réseau').count()).toBe(0)
    const track = newcomer.getByRole('progressbar')
    for (const [doing, text, now] of [
      ['loader', 'Charge le programme de démarrage', '2'],
      ['kernel', 'Charge l’environnement de préparation', '3'],
      ['root', 'Démarre l’environnement de préparation', '4'],
    ] as const) {
      tell({ ...first, doing, lastAt: new Date().toISOString() })
      await newcomer.getByText(text).waitFor()
      await expect.poll(() => track.getAttribute('aria-valuenow')).toBe(now)
    }
    tell({ ...first, doing: 'loader', lastAt: new Date(Date.now() - 5 * 60_000).toISOString() })
    await newcomer.getByText('Ne demande plus rien depuis').waitFor()
    tell({ ...refused('88:ae:dd:0a:0b:0c', 0) })
    await page
      .getByRole('region', { name: /pas encore un poste/ })
      .getByText('mode BIOS')
      .waitFor()
    expect(await booting.count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('says on the card of a machine why its firmware was refused', async () => {
    await using visitor = await visit(browser, busyWorkshop())
    const { page, server, faults } = visitor
    const machine = server.seed.machines.find(({ label }) => label === 'G6AN132011AA')
    if (machine === undefined) throw new Error('no such machine')
    const { text: reason } = refused('', 0)
    const presence = { kind: 'refused', since: new Date().toISOString(), reason } as const
    server.send({ type: 'machine', machine: { ...machine, presence } })
    await card(page, 'G6AN132011AA').getByText('Ce poste démarre en mode BIOS').waitFor()
    expect(faults).toEqual([])
  })

  test('tells an empty bench what to do first', async () => {
    const seed = emptyWorkshop()
    seed.session.server = { ...seed.session.server, dhcpMode: 'off', interface: null, environment: 'building' }
    await using visitor = await visit(browser, seed)
    const { page } = visitor
    await page
      .getByText('ETABLI_INTERFACE=eth1 ETABLI_DHCP_MODE=pxe-lease ETABLI_DHCP_RANGE=10.0.0.50-10.0.0.90 npm start')
      .waitFor()
    await page.getByText('L’environnement de préparation se construit').waitFor()
    await page.getByRole('link', { name: 'Ajouter un Windows' }).click()
    await page.getByRole('heading', { name: 'Pas encore d’image' }).waitFor()
  })

  test('lets the screen on the wall look and touch nothing', async () => {
    const seed = signedInAs(busyWorkshop(), 'screen')
    await using visitor = await visit(browser, seed)
    const { page } = visitor
    await card(page, 'Cabinet Morel').getByText('Ce poste a deux disques.').waitFor()
    expect(await page.locator('main').getByRole('button').count()).toBe(0)
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  })
})

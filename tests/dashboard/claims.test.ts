import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimedTwice } from '../../server/api/agent/claimed-twice.ts'
import type { Problem } from '../../server/api/deployments/schema.ts'
import { describeRunFailure } from '../../server/deployments/failure-messages.ts'
import { claimIdOf, type Claim } from '../../server/machines/claims/claim.ts'
import { hasBrowser, openBrowser, visit } from './browser.ts'
import { minutesAgo } from './seed.ts'
import { busyWorkshop } from './workshop.ts'

const folder = 'tests/.output/screenshots'
const looks = [
  { name: '1440-dark', width: 1440, height: 900, theme: 'dark' },
  { name: '1440-light', width: 1440, height: 900, theme: 'light' },
  { name: '390-dark', width: 390, height: 844, theme: 'dark' },
  { name: '390-light', width: 390, height: 844, theme: 'light' },
]

const claim = (bootId: string, address: string): Claim => {
  return { bootId, address, phase: 'environment', proven: false, helloAtMs: 0, heardAtMs: 0 }
}
const claims = [claim('boot-of-the-machine', '10.0.0.56'), claim('boot-of-a-neighbour', '10.0.0.66')]

/** The workshop with a run that two computers stopped, and a machine somebody else said he was. */
function contested() {
  const seed = busyWorkshop()
  const run = seed.deployments.find(({ problem }) => problem?.choice != null)
  if (run === undefined) throw new Error('no run waits for a choice')
  const failure = claimedTwice(claims)
  const { message, fix } = describeRunFailure(failure)
  const problem: Problem = { code: failure.code, message, fix, detail: null, choice: failure.choice ?? null }
  run.problem = problem
  const [quiet] = seed.machines
  if (quiet === undefined) throw new Error('no machine')
  quiet.strangers = [
    { address: '10.0.0.66', phase: 'windows', times: 3, lastAt: minutesAgo(2) },
    { address: '10.0.0.67', phase: 'environment', times: 1, lastAt: minutesAgo(90) },
  ]
  return { seed, run, quiet }
}

describe.skipIf(!hasBrowser)('two computers that claim to be one machine', () => {
  let browser: Browser
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('are told by their addresses, and the person’s choice goes to the server', async () => {
    const { seed, run } = contested()
    await using visitor = await visit(browser, seed)
    const { page, server, faults } = visitor
    await page.goto(`${server.url}/machines/${run.machineId}`)
    await page.getByText('2 ordinateurs se présentent en même temps comme ce poste').waitFor()
    await page.getByRole('button', { name: 'Choisir…' }).click()
    await page.getByRole('heading', { name: `Lequel est ${run.machineLabel}` }).waitFor()
    await page.getByRole('radio', { name: '10.0.0.56' }).check()
    await page.getByRole('button', { name: 'Continuer ainsi' }).click()
    const [own] = claims
    const variables = { claimant: own === undefined ? '' : claimIdOf(own) }
    await expect.poll(() => server.calls.find(({ path }) => path.endsWith('/retry'))?.body).toMatchObject({ variables })
    expect(faults).toEqual([])
  })

  test('of which one was not believed are named on the machine’s page, and only there', async () => {
    const { seed, quiet } = contested()
    await using visitor = await visit(browser, seed)
    const { page, server, faults } = visitor
    await page.goto(`${server.url}/machines/${quiet.id}`)
    const note = page.getByRole('status').filter({ hasText: 'Quelqu’un d’autre se présente comme ce poste' })
    await note.getByText('10.0.0.66, comme son Windows et sans sa clé').waitFor()
    await note.getByText('10.0.0.67, comme son environnement de préparation').waitFor()
    expect(faults).toEqual([])
  })

  test.each(looks)('to be looked at, at $name', async ({ name, width, height, theme }) => {
    const phone = width < 500 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}
    const { seed, run, quiet } = contested()
    await using visitor = await visit(browser, seed, { viewport: { width, height }, seedStorage: { theme }, ...phone })
    const { page, server } = visitor
    await page.goto(`${server.url}/machines/${quiet.id}`)
    await page.getByText('10.0.0.66').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `${folder}/stranger-${name}.png` })
    await page.goto(`${server.url}/machines/${run.machineId}`)
    await page.getByRole('button', { name: 'Choisir…' }).click()
    await page.getByRole('radio').first().check()
    await page.screenshot({ path: `${folder}/claimed-twice-${name}.png` })
    await page.keyboard.press('Escape')
    await page.screenshot({ path: `${folder}/claimed-twice-note-${name}.png` })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
})

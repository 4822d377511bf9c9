import type { Locator, Page } from 'playwright-core'
import { adminPassword } from './workshop.ts'

/** Signs in as a technician would, and ends on the bench. */
export async function signInToDashboard(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Utilisateur').fill('admin')
  await page.getByLabel('Mot de passe').fill(adminPassword)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('heading', { name: 'Atelier' }).waitFor({ state: 'attached' })
}

export function cardOf(page: Page, serial: string): Locator {
  return page.locator('article').filter({ has: page.getByRole('heading', { name: serial }) })
}

/** Presses a button as long as it wants to be held. */
export async function hold(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name })
  await button.hover()
  await page.mouse.down()
  await page.waitForTimeout(1_500)
  await page.mouse.up()
}

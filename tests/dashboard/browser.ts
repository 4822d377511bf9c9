import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Seed } from './seed.ts'
import { startStandIn, type StandIn } from './stand-in.ts'
import { canRun } from '../machine/requirements.ts'

const executablePath = '/usr/bin/chromium'
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const built = resolve('tests/.cache/dashboard')

export const hasBrowser = canRun(
  'the dashboard in a browser',
  existsSync(executablePath) ? null : `no ${executablePath}: Debian package chromium`,
)

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags })
}

/** The dashboard built from the sources as they are now; built again only when one of them is newer. */
export async function buildDashboard(): Promise<string> {
  const page = join(built, 'index.html')
  if (!existsSync(page) || statSync(page).mtimeMs < newest('server/dashboard')) {
    await build({
      configFile: resolve('vite.config.ts'),
      logLevel: 'error',
      build: { outDir: built, emptyOutDir: true },
    })
  }
  return built
}

function newest(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

/** Presses until the button is full, as a hand does. */
export async function hold(page: Page, button: Locator): Promise<void> {
  await button.hover()
  await page.mouse.down()
  await page.waitForTimeout(1400)
  await page.mouse.up()
}

export type Visit = AsyncDisposable & { page: Page; server: StandIn }

/** A signed-in browser in front of its own stand-in server; a fault in the page fails the test that reads `faults`. */
export async function visit(
  browser: Browser,
  seed: Seed,
  options: BrowserContextOptions & { path?: string; signedOut?: boolean; seedStorage?: Record<string, string> } = {},
): Promise<Visit & { faults: string[] }> {
  const { path = '/', signedOut = false, seedStorage = {}, ...contextOptions } = options
  const server = await startStandIn(seed, await buildDashboard())
  const context = await browser.newContext({
    locale: 'fr-FR',
    viewport: { width: 1440, height: 900 },
    ...contextOptions,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value)
  }, seedStorage)
  if (!signedOut) await page.request.post(`${server.url}/api/session`, { data: { user: 'admin', password: 'atelier' } })
  server.calls.length = 0
  await page.goto(server.url + path)
  if (!signedOut)
    await page
      .getByText(/en direct|^live$/)
      .first()
      .waitFor()
  return {
    page,
    server,
    faults,
    [Symbol.asyncDispose]: async () => {
      await context.close()
      await server.close()
    },
  }
}

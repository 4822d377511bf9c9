import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkshop } from '../unit/server/api/workshop.ts'
import { buildDashboard } from './browser.ts'

test.each(['gzip', 'br'])('the server sends every script and style of the dashboard as %s', async (encoding) => {
  const built = await buildDashboard()
  const workshop = await openWorkshop({
    prepare: (dataDir) => cpSync(built, join(dataDir, 'dashboard'), { recursive: true }),
  })
  try {
    const ask = (path: string) => fetch(workshop.url + path, { headers: { 'accept-encoding': encoding } })
    const page = await (await ask('/')).text()
    const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
    expect(assets.map((path) => /\w+$/.exec(path)?.[0]).toSorted()).toEqual(expect.arrayContaining(['css', 'js']))
    for (const path of assets) {
      const { headers } = await ask(path)
      expect([path, headers.get('content-encoding')]).toEqual([path, encoding])
    }
  } finally {
    await workshop.close()
  }
})

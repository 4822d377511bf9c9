import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openCatalogue, type Catalogue } from '../../../../server/catalogue/catalogue.ts'

/** A catalogue over a data folder of its own, and shipped files that a test makes up. */
export type TestCatalogue = AsyncDisposable & {
  catalogue: Catalogue
  dataDir: string
  put(path: string, content: string | Uint8Array): void
}

export async function testCatalogue(files: Record<string, string> = {}): Promise<TestCatalogue> {
  const root = mkdtempSync(join(tmpdir(), 'etabli-catalogue-'))
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const [path, content] of Object.entries(files)) put(path, content)
  const shipped = { software: join(root, 'shipped/software'), debloat: join(root, 'shipped/debloat') }
  const dataDir = join(root, 'data')
  const catalogue = await openCatalogue({ dataDir, now: () => new Date(), shipped })
  return {
    catalogue,
    dataDir,
    put: (path, content) => put(`data/${path}`, content),
    [Symbol.asyncDispose]: async () => {
      await catalogue.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** A manifest of an MSI, with the package it needs, if any. */
export function manifest(name: string, { file = 'setup.msi', needs = '' } = {}): string {
  return `name: ${name}
source: { where: { fr: Chez l’éditeur, en: At the maker’s } }
installer: { kind: msi, file: '${file}' }
detect: { file: 'C:\\${name}.exe' }
${needs === '' ? '' : `needs: [${needs}]`}
`
}

export function profile(...names: string[]): string {
  const items = names.map((name) => `  - { kind: appx, name: ${name}, why: { fr: a, en: b } }\n`)
  return `name: Le nôtre\nitems:\n${items.join('')}`
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openShelf, type Shelf } from '../../../../server/catalogue/catalogue.ts'

/** A shelf over a data folder of its own, and shipped files that a test makes up. */
export type TestShelf = AsyncDisposable & {
  shelf: Shelf
  dataDir: string
  put(path: string, content: string | Uint8Array): void
}

export async function testShelf(files: Record<string, string> = {}): Promise<TestShelf> {
  const root = mkdtempSync(join(tmpdir(), 'etabli-shelf-'))
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const [path, content] of Object.entries(files)) put(path, content)
  const shipped = { software: join(root, 'shipped/software'), debloat: join(root, 'shipped/debloat') }
  const dataDir = join(root, 'data')
  const shelf = await openShelf({ dataDir, shipped })
  return {
    shelf,
    dataDir,
    put: (path, content) => put(`data/${path}`, content),
    [Symbol.asyncDispose]: async () => {
      await shelf.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** A manifest of an MSI, with the package it needs, if any. */
export function manifest(name: string, { file = 'setup.msi', needs = '' } = {}): string {
  return `name: ${name}
source: { words: { fr: Chez l’éditeur, en: At the maker’s } }
installer: { kind: msi, file: '${file}' }
detect: { file: 'C:\\${name}.exe' }
${needs === '' ? '' : `needs: [${needs}]`}
`
}

export function profile(...names: string[]): string {
  const items = names.map((name) => `  - { kind: appx, name: ${name}, why: { fr: a, en: b } }\n`)
  return `name: Le nôtre\nitems:\n${items.join('')}`
}

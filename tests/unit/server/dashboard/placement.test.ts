import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = 'server/dashboard'
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** Who imports a file directly. */
const users = new Map<string, string[]>(files.map((file) => [file, []]))
for (const [file, source] of sources) {
  for (const [, path = ''] of source.matchAll(/(?:from|import) '(\.[^']+)'/g)) {
    users.get(normalize(join(dirname(file), path)))?.push(file)
  }
}

/** A page's folder, the shell, or the root, each of which is one place where a part may be needed. */
function placeOf(file: string): string {
  const [folder = '', page = ''] = file.split('/')
  return folder === 'pages' ? `pages/${page}` : file.includes('/') ? folder : 'root'
}

/** The places that need a file, through other shared files too. */
function placesOf(file: string, seen = new Set<string>()): Set<string> {
  const places = new Set<string>()
  for (const user of users.get(file) ?? []) {
    if (seen.has(user)) continue
    seen.add(user)
    if (/^(parts|state)\//.test(user)) for (const place of placesOf(user, seen)) places.add(place)
    else places.add(placeOf(user))
  }
  return places
}

/** The component that the shell shows, by the name of its folder: `pages/sign-in/SignIn.svelte`. */
function isPage(file: string): boolean {
  const [, page = '', component = ''] = file.split('/')
  return component.toLowerCase() === `${page.replaceAll('-', '')}.svelte`
}

describe('what one page needs lives beside it, what many need does not', () => {
  test.each(['parts', 'state'])('each file in %s is needed in two places at least', (folder) => {
    const shared = files.filter((file) => file.startsWith(`${folder}/`))
    expect(shared.length).toBeGreaterThan(5)
    expect(shared.filter((file) => placesOf(file).size < 2)).toEqual([])
  })

  test('each file beside a page is needed there and nowhere else', () => {
    const strays = files
      .filter((file) => file.startsWith('pages/') && !isPage(file))
      .map((file) => ({ file, users: (users.get(file) ?? []).filter((user) => user !== 'i18n/families.ts') }))
      .filter(({ file, users }) => users.length === 0 || users.some((user) => placeOf(user) !== placeOf(file)))
    expect(strays).toEqual([])
  })

  test('no component is longer than 150 lines', () => {
    const long = [...sources]
      .filter(([file]) => file.endsWith('.svelte'))
      .map(([file, source]) => ({ file, lines: source.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 150)
    expect(long).toEqual([])
  })
})

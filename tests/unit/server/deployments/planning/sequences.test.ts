import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSequences, type Sequences } from '../../../../../server/deployments/planning/sequences.ts'

const good = 'name: X\nenvironment:\n  - restart: {}\n'
let folder = ''
let sequences: Sequences

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etabli-sequences-'))
  const shipped = join(folder, 'shipped')
  await mkdir(shipped)
  await writeFile(join(shipped, 'a.yaml'), good)
  await writeFile(join(shipped, 'b.yml'), good)
  await writeFile(join(shipped, 'notes.txt'), 'no sequence')
  sequences = createSequences({ shipped, own: join(folder, 'own') })
})
afterEach(() => rm(folder, { recursive: true }))

test('lists what is shipped when the workshop has none of its own', async () => {
  expect((await sequences.list()).map(({ id, origin }) => [id, origin])).toEqual([
    ['a', 'shipped'],
    ['b', 'shipped'],
  ])
})

test('the workshop’s own file wins by its name, comments and all', async () => {
  const text = `# Pour le comptoir\n${good}`
  const saved = await sequences.save('a', text)
  expect(saved).toMatchObject({ id: 'a', origin: 'own', source: text, parsed: { ok: true } })
  expect(await readFile(join(folder, 'own', 'a.yaml'), 'utf8')).toBe(text)
  expect(await sequences.get('a')).toEqual(saved)
  expect((await sequences.list()).map(({ id, origin }) => [id, origin])).toEqual([
    ['a', 'own'],
    ['b', 'shipped'],
  ])
  expect(await readdir(join(folder, 'own'))).toEqual(['a.yaml'])
})

test('a shipped one comes back when the workshop’s own is removed, and is never removed itself', async () => {
  expect(await sequences.save('a', `# Pour le comptoir\n${good}`)).toMatchObject({ replaces: true })
  expect(await sequences.save('c', good)).toMatchObject({ replaces: false })
  expect(await sequences.remove('a')).toBe(true)
  expect(await sequences.get('a')).toMatchObject({ origin: 'shipped', source: good, replaces: false })
  expect(await sequences.remove('a')).toBe(false)
  expect(await sequences.remove('../shipped/a')).toBe(false)
  expect(await sequences.remove('c')).toBe(true)
  expect(await sequences.get('c')).toBeNull()
})

test('the version is of the text, so that any change shows', async () => {
  const [one, two] = [await sequences.save('c', good), await sequences.save('c', `${good} `)]
  expect(one.version).toMatch(/^[0-9a-f]{12}$/)
  expect(two.version).not.toBe(one.version)
})

test('a file with mistakes is kept and listed with them', async () => {
  await sequences.save('c', 'name: [')
  expect((await sequences.get('c'))?.parsed).toMatchObject({ ok: false })
})

test.each(['../a', 'a/b', '.hidden', '', 'a\0', '..', 'é', 'x'.repeat(65)])(
  'a name that could lead elsewhere is refused: %j',
  async (id) => {
    expect(await sequences.get(id)).toBeNull()
    await expect(sequences.save(id, good)).rejects.toMatchObject({ code: 'SEQUENCE_ID_INVALID' })
  },
)

test('a file of gigabytes is neither saved nor read whole', async () => {
  await expect(sequences.save('c', 'x'.repeat(300_000))).rejects.toMatchObject({ code: 'SEQUENCE_TOO_LARGE' })
  await writeFile(join(folder, 'shipped', 'big.yaml'), `name: ${'x'.repeat(1_000_000)}`)
  const big = await sequences.get('big')
  expect(big?.parsed).toMatchObject({ ok: false, problems: [{ code: 'FILE_TOO_LARGE' }] })
  expect(big?.source.length).toBeLessThan(300_000)
})

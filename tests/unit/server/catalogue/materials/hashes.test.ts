import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createHashes } from '../../../../../server/catalogue/materials/hashes.ts'

const folder = mkdtempSync(join(tmpdir(), 'etabli-hashes-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string) {
  const path = join(folder, name)
  writeFileSync(path, content)
  const { size, mtimeMs } = statSync(path)
  return {
    path,
    listed: { sizeBytes: size, modifiedMs: mtimeMs },
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

test('many files at once each get their own hash, and one asked for twice is read once', async () => {
  const hashes = createHashes(new AbortController().signal)
  const files = Array.from({ length: 20 }, (_, index) => file(`${index}`, `content ${index}`))
  const [first] = files
  if (first === undefined) throw new Error('no file')
  expect(hashes.of(first.path, first.listed)).toBe(hashes.of(first.path, first.listed))
  expect(await Promise.all(files.map(({ path, listed }) => hashes.of(path, listed)))).toEqual(
    files.map(({ sha256 }) => sha256),
  )
})

test('a file that is still being copied is refused, and taken once it rests', async () => {
  const hashes = createHashes(new AbortController().signal)
  const { path, listed, sha256 } = file('growing', 'whole')
  await expect(hashes.of(path, { ...listed, sizeBytes: 3 })).rejects.toMatchObject({
    code: 'MATERIAL_UNSTABLE',
    params: { file: expect.stringContaining('/growing') },
  })
  expect(await hashes.of(path, listed)).toBe(sha256)
})

test('a file that is gone is asked for again the next time, and nothing is read after the end', async () => {
  const life = new AbortController()
  const hashes = createHashes(life.signal)
  const { path, listed, sha256 } = file('gone', 'x')
  rmSync(path)
  await expect(hashes.of(path, listed)).rejects.toMatchObject({ code: 'ENOENT' })
  const again = file('gone', 'x')
  expect(await hashes.of(path, again.listed)).toBe(sha256)
  life.abort()
  const late = file('late', 'y')
  await expect(hashes.of(late.path, late.listed)).rejects.toThrow('abort')
})

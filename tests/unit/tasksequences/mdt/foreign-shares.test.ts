import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePack } from '../../../../images/driver-packs/parse-pack.ts'
import { parseManifest } from '../../../../images/software/parse-manifest.ts'
import { importShare } from '../../../../tasksequences/mdt/import-share.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'
import { foreignSamples } from '../../../foreign-samples.ts'

/** The share of the samples, and any more below `mdt-shares`, each folder with a `Control` in it. */
function shares(): string[] {
  if (foreignSamples === null) return []
  const more = join(foreignSamples, 'mdt-shares')
  const found = existsSync(more) ? readdirSync(more).map((name) => join(more, name)) : []
  return [join(foreignSamples, 'mdt-share'), ...found].filter((folder) => existsSync(folder))
}

function sourceOf(folder: string) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return {
    files: files.map((file) => ({ path: relative(folder, file), sizeBytes: statSync(file).size })),
    read: async (path: string) => readFileSync(join(folder, path)),
  }
}

/** How many elements of a name all lists of this file name have. */
function countIn(folder: string, file: RegExp, element: string): number {
  const { files } = sourceOf(folder)
  const texts = files.filter(({ path }) => file.test(path)).map(({ path }) => readFileSync(join(folder, path), 'utf8'))
  return texts.reduce((sum, text) => sum + text.split(new RegExp(`<${element}[ >]`)).length - 1, 0)
}

describe.skipIf(shares().length === 0)('a real MDT share', () => {
  test.each(shares())(
    '%s comes over whole, and everything written can be read',
    async (folder) => {
      const made = await importShare(sourceOf(folder), 'fr')
      expect(made).not.toBeNull()
      if (made === null) return
      for (const { yaml } of made.sequences) if (yaml !== null) expect(parseSequence(yaml)).toMatchObject({ ok: true })
      for (const { manifestYaml } of made.packages) expect(parseManifest(manifestYaml)).toMatchObject({ ok: true })
      for (const { packYaml } of made.packs)
        if (packYaml !== '') expect(parsePack(packYaml)).toMatchObject({ ok: true })
      const lines = (kind: string) => made.report.filter(({ item }) => item.kind === kind).length
      expect(new Set(made.report.map(({ item }) => item.key)).size).toBe(made.report.length)
      if (
        made.report.some(
          ({ item, outcome }) =>
            item.kind === 'file' && outcome.because.some(({ code }) => code === 'MDT_FILE_UNREADABLE'),
        )
      )
        return
      expect(lines('step')).toBe(countIn(folder, /Control\/[^/]+\/ts\.xml$/i, 'step'))
      expect(lines('driver')).toBe(countIn(folder, /Control\/Drivers\.xml$/i, 'driver'))
      expect(lines('application')).toBe(countIn(folder, /Control\/Applications\.xml$/i, 'application'))
      expect(lines('operating-system')).toBe(countIn(folder, /Control\/OperatingSystems\.xml$/i, 'os'))
      expect(await importShare(sourceOf(folder), 'fr')).toEqual(made)
    },
    60_000,
  )
})

describe.skipIf(foreignSamples === null)('the sample share', () => {
  test('makes sense to a reader', async () => {
    const made = await importShare(sourceOf(join(foreignSamples ?? '', 'mdt-share')), 'fr')
    const [sequence] = made?.sequences ?? []
    const parsed = parseSequence(sequence?.yaml ?? '')
    expect(parsed.ok && parsed.sequence.steps.map(({ type }) => type)).toEqual([
      ...[
        'check-hardware',
        'partition-disk',
        'apply-image',
        'inject-drivers',
        'prepare-windows',
        'write-boot-files',
        'restart',
      ],
      ...['install-drivers', 'windows-update', 'install-software', 'windows-update', 'seal'],
    ])
    expect(made?.packs.map(({ name, models }) => [name, models])).toEqual([
      ['HP Zbook Studio G8 - W11 22H2', [{ manufacturer: 'HP', product: 'HP Zbook Studio G8' }]],
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInstaller } from '../../../../images/installers/read-installer.ts'
import type { MsiPackage } from '../../../../images/msi/read-msi.ts'
import { readerOf } from '../../../../images/positional-reader.ts'
import { softwareId } from '../../../../images/software/manifest.ts'
import { manifestText } from '../../../../images/software/manifest-text.ts'
import { parseManifest } from '../../../../images/software/parse-manifest.ts'
import { proposeId, proposeManifest } from '../../../../images/software/propose-manifest.ts'
import { bundleId, madeInstallers } from '../installers/made-installers.ts'
import { makeProgram } from '../pe/make-program.ts'

const msi: MsiPackage = {
  productCode: '{23170F69-40C1-2702-2409-000001000000}',
  productVersion: '24.09.00.0',
  productName: '7-Zip 24.09 (x64 edition)',
  manufacturer: 'Igor Pavlov',
  upgradeCode: '{23170F69-40C1-2702-0000-000004000000}',
  language: 1033,
  architecture: 'x64',
  scope: 'machine',
  properties: new Map(),
  summary: { title: '', subject: '', author: '', template: 'x64;1033', revision: '', wordCount: 2 },
}

describe('the manifest proposed for an MSI', () => {
  test('finds it by its product code and version', () => {
    const { manifest } = proposeManifest({ kind: 'msi', msi }, '7z2409-x64.msi')
    expect(manifest).toMatchObject({
      name: '7-Zip 24.09 (x64 edition)',
      version: '24.09.00.0',
      installer: { kind: 'msi', file: '7z2409-x64.msi' },
      detect: {
        registry: {
          keys: [
            String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{23170F69-40C1-2702-2409-000001000000}`,
            String.raw`HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\{23170F69-40C1-2702-2409-000001000000}`,
          ],
          value: 'DisplayVersion',
          atLeast: '24.09.00.0',
        },
      },
    })
    expect(manifest.installer).not.toHaveProperty('arguments')
  })

  test('of 32 bits looks first where such programs write', () => {
    const { manifest } = proposeManifest({ kind: 'msi', msi: { ...msi, architecture: 'x86' } }, 'a.msi')
    expect(manifest.detect.registry?.keys[0]).toContain('WOW6432Node')
  })

  test.each(['user', 'user-or-machine'] as const)(
    'that would be for the system alone (%s) is asked for everybody',
    (scope) => {
      const { manifest } = proposeManifest({ kind: 'msi', msi: { ...msi, scope } }, 'a.msi')
      expect(manifest.installer).toMatchObject({ arguments: ['ALLUSERS=1'] })
    },
  )

  test('says above each part why, in the language of who reads it', () => {
    const text = manifestText(proposeManifest({ kind: 'msi', msi }, 'a.msi'), 'fr')
    expect(text).toContain('# Lu dans le fichier\u202f: ProductVersion du MSI.\nversion: 24.09.00.0\n')
    expect(text).toMatch(/# Lu dans le fichier\u202f: Windows inscrit le produit.*\ndetect:/)
  })
})

describe('the manifest proposed for a program', () => {
  const propose = async (bytes: Uint8Array, file = 'setup.exe') =>
    proposeManifest(await readInstaller('exe', readerOf(bytes)), file)

  test('of WiX Burn finds it by the id of the bundle', async () => {
    const { manifest, reasons } = await propose(madeInstallers['burn'] ?? Buffer.alloc(0))
    expect(manifest).toMatchObject({
      installer: { arguments: ['/install', '/quiet', '/norestart'] },
      success: [0],
      restart: [3010, 1641],
      detect: { registry: { keys: [expect.stringContaining(bundleId), expect.stringContaining(bundleId)] } },
    })
    expect(reasons.find(({ key }) => key === 'detect')?.certainty).toBe('read')
  })

  test.each([
    ['installshield', ['/s', '/v"/qn REBOOT=ReallySuppress"', '/v"ALLUSERS=1"']],
    ['advanced-installer', ['/exenoui', '/qn', '/norestart', 'ALLUSERS=1']],
    ['squirrel', ['--silent']],
    ['omaha', ['/silent', '/install']],
  ])('of %s has its arguments', async (name, args) => {
    expect((await propose(madeInstallers[name] ?? Buffer.alloc(0))).manifest.installer).toMatchObject({
      arguments: args,
    })
  })

  test('that nobody knows has no arguments and says so, and that its detection is a guess', async () => {
    const { manifest, reasons } = await propose(madeInstallers['unknown'] ?? Buffer.alloc(0))
    expect(manifest.installer).toEqual({ kind: 'exe', file: 'setup.exe' })
    expect(reasons.find(({ key }) => key === 'installer')).toMatchObject({ certainty: 'guessed' })
    expect(reasons.find(({ key }) => key === 'detect')).toMatchObject({ certainty: 'guessed' })
  })

  test('that says nothing of itself is called as its file', async () => {
    const { manifest } = await propose(makeProgram({}), 'Caisse 3.exe')
    expect(manifest).toMatchObject({ name: 'Caisse 3' })
    expect(manifest).not.toHaveProperty('version')
  })

  test.each(Object.entries(madeInstallers))('of %s is one that is taken, with its comments', async (_, bytes) => {
    const proposal = await propose(bytes)
    for (const locale of ['fr', 'en'] as const)
      expect(parseManifest(manifestText(proposal, locale))).toEqual({ ok: true, value: proposal.manifest })
  })
})

test('whatever an MSI or a program says, the proposed manifest is one that is taken', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('${secret.a b}', '# x', '\n---\n', 'yes', '1.10', '0x1', '- a', '\\\\a\\b', '’'.repeat(2000)),
  )
  const any = fc.record({ productCode: hostile, productVersion: hostile, productName: hostile, manufacturer: hostile })
  const file = fc.constantFrom('a.msi', 'été 1.msi', '${secret.x y}.msi', 'dossier/#1.msi')
  fc.assert(
    fc.property(any, file, fc.constantFrom('x64', 'x86', null), (said, name, architecture) => {
      const proposal = proposeManifest({ kind: 'msi', msi: { ...msi, ...said, architecture } }, name)
      expect(parseManifest(manifestText(proposal, 'fr'))).toEqual({ ok: true, value: proposal.manifest })
      const texts = new Map(Object.entries({ ProductName: said.productName, CompanyName: said.manufacturer }))
      const program = {
        architecture,
        sections: [],
        resources: [],
        version: { fileVersion: '1.2.3.4', productVersion: null, texts: [{ language: 0, values: texts }] },
        executionLevel: null,
        overlay: { start: 0, end: 0 },
      }
      const other = proposeManifest({ kind: 'exe', program, installer: { family: 'inno', version: null } }, name)
      expect(parseManifest(manifestText(other, 'en'))).toEqual({ ok: true, value: other.manifest })
      expect(proposeId(proposal.manifest)).toMatch(softwareId)
    }),
  )
})

test.each([
  ['7-Zip 24.09 (x64 edition)', '7-zip-24-09-x64-edition'],
  ['Société Générale d’Essai', 'societe-generale-d-essai'],
  ['会計', 'package'],
])('%s is called %s', (name, id) => {
  expect(proposeId({ name })).toBe(id)
})

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readInstaller } from '../../images/installers/read-installer.ts'
import { readerOf } from '../../images/positional-reader.ts'
import { parseManifest } from '../../images/software/parse-manifest.ts'
import { manifestText } from '../../images/software/manifest-text.ts'
import { proposeManifest } from '../../images/software/propose-manifest.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'
import { assembleInno, buildNsis, buildSfx, fileOf } from './npm-installers.ts'
import { scratchFolder } from './wim-material.ts'

const folder = scratchFolder('installers')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const recognise = async (bytes: Buffer): Promise<object> => {
  const found = await readInstaller('exe', readerOf(bytes))
  const proposal = proposeManifest(found, 'setup.exe')
  expect(parseManifest(manifestText(proposal, 'fr'))).toEqual({ ok: true, value: proposal.manifest })
  return {
    ...(found.kind === 'exe' ? found.installer : {}),
    ...proposal.manifest.installer,
    name: proposal.manifest.name,
  }
}

describe.skipIf(!canRun('installers of NSIS', missingPrograms(['makensis'])))('an installer that makensis made', () => {
  test.each([
    ['zlib', 'admin', 'x86-unicode', ['/S']],
    ['/SOLID zlib', 'user', 'x86-unicode', ['/S', '/AllUsers']],
    ['bzip2', 'highest', 'x86-unicode', ['/S', '/AllUsers']],
    ['/SOLID bzip2', 'admin', 'amd64-unicode', ['/S']],
    ['lzma', 'admin', 'amd64-unicode', ['/S']],
    ['/SOLID lzma', 'admin', 'x86-unicode', ['/S']],
  ])('with %s, for %s, %s', async (compressor, level, target, args) => {
    expect(await recognise(buildNsis(folder, { compressor, level, target }))).toMatchObject({
      family: 'nsis',
      name: 'Outil de l’atelier',
      arguments: args,
    })
  })
})

/** Whether npm has them, or has had them once; without a network they are not to be had. */
const obstacle = await fileOf('squirrel', 'package.json').then(
  () => null,
  (error: unknown) => String(error).slice(0, 200),
)

describe.skipIf(!canRun('installers in packages of npm', obstacle))('an installer that npm carries', () => {
  let sevenZip: string | null = null
  beforeAll(() => (sevenZip = missingPrograms(['7zz'])))

  test('Squirrel: the one that electron-winstaller makes all its installers from', async () => {
    expect(await recognise(await fileOf('squirrel', 'vendor/Setup.exe'))).toMatchObject({
      family: 'squirrel',
      arguments: ['--silent'],
    })
  })

  test.each([
    ['inno', '6.4.0'],
    ['olderInno', '6.3.0'],
  ] as const)('Inno Setup: its own loader (%s), with the table filled in here', async (from, version) => {
    expect(await recognise(await assembleInno(from, version))).toMatchObject({
      family: 'inno',
      version,
      arguments: expect.arrayContaining(['/VERYSILENT', '/ALLUSERS']),
    })
  })

  test('7-Zip: its self-extractor, with an archive, and with one and what to start', async (context) => {
    if (sevenZip !== null) context.skip(sevenZip)
    expect(await recognise(await buildSfx(folder, ''))).toMatchObject({ family: '7-zip', does: 'unpack' })
    const configuration = ';!@Install@!UTF-8!\r\nRunProgram="setup.exe"\r\n;!@InstallEnd@!'
    expect(await recognise(await buildSfx(folder, configuration))).toMatchObject({
      family: '7-zip',
      does: 'start-a-program',
    })
  })

  test.each([
    ['inno', 'bin/SetupLdr.e32', 'Inno’s loader that nothing was put into'],
    ['inno', 'bin/Setup.e32', 'Inno’s set-up program without its loader'],
    ['olderInno', 'bin/unins000.exe', 'an uninstaller of Inno'],
    ['inno', 'bin/ISCC.exe', 'a compiler'],
    ['squirrel', 'vendor/Squirrel.exe', 'the updater of Squirrel'],
    ['squirrel', 'vendor/nuget.exe', 'a program of .NET'],
    ['squirrel', 'vendor/7z-x64.exe', 'a packer'],
    ['sevenZip', '7zip-lite/7z.sfx', 'a self-extractor with nothing in it'],
  ] as const)('%s, %s: %s is said to be unknown', async (from, path, _what) => {
    const found = await recognise(await fileOf(from, path))
    expect(found).toMatchObject({ family: 'unknown' })
    expect(found).not.toHaveProperty('arguments')
  })
})

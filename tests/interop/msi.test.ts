import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { MalformedCompoundFile } from '../../images/compound-file/malformed-compound-file.ts'
import { MalformedMsi } from '../../images/msi/malformed-msi.ts'
import { readMsi } from '../../images/msi/read-msi.ts'
import { readerOf, type PositionalReader } from '../../images/positional-reader.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'
import { damaged } from '../unit/damaged.ts'
import { runs } from '../unit/property-runs.ts'
import { scratchFolder } from './wim-material.ts'

const able = canRun('reading MSIs', missingPrograms(['wixl', 'msibuild', 'msiinfo']))

type Wanted = { platform?: string; code?: string; language?: number; codePage?: number; scope?: string }

/** A package as WiX writes them, made by msitools. */
function wix({ platform = 'x64', language = 1036, codePage = 1252, scope = 'perMachine' }: Wanted): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
 <Product Id="{6A5B7C1D-1111-4222-8333-944455556666}" Name="Outil de l’atelier" Language="${language}" Version="3.2.1"
   Manufacturer="Société d’Essai" UpgradeCode="{12345678-1111-4222-8333-944455556666}" Codepage="${codePage}">
  <Package InstallerVersion="200" Compressed="yes" InstallScope="${scope}" />
  <Media Id="1" Cabinet="a.cab" EmbedCab="yes"/>
  <Property Id="LONGTEXT" Value="${'é'.repeat(70_000)}"/>
  <Property Id="EMPTYLIKE" Value=" "/>
  <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="${platform === 'x86' ? 'ProgramFilesFolder' : 'ProgramFiles64Folder'}">
   <Directory Id="D" Name="Outil"><Component Id="C" Guid="{99999999-1111-4222-8333-944455556666}">
    <File Id="F" Source="a.wxs" KeyPath="yes"/></Component></Directory></Directory></Directory>
  <Feature Id="All" Level="1"><ComponentRef Id="C"/></Feature>
 </Product>
</Wix>`
}

function build(folder: string, name: string, wanted: Wanted = {}): string {
  writeFileSync(join(folder, 'a.wxs'), wix(wanted))
  const path = join(folder, `${name}.msi`)
  execFileSync('wixl', ['-a', wanted.platform ?? 'x64', '-o', path, 'a.wxs'], { cwd: folder, stdio: 'ignore' })
  return path
}

/** The Property table as msiinfo exports it: three lines of heading, then name, tab, value. */
function exported(path: string): Map<string, string> {
  const lines = execFileSync('msiinfo', ['export', path, 'Property'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  return new Map(
    lines
      .split(/\r?\n/)
      .slice(3)
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]),
  )
}

function summaryOf(path: string): Map<string, string> {
  const lines = execFileSync('msiinfo', ['suminfo', path], { encoding: 'utf8' }).split('\n')
  return new Map(lines.map((line) => [line.split(': ')[0] ?? '', line.slice(line.indexOf(': ') + 2)]))
}

const read = (path: string) => readMsi(readerOf(readFileSync(path)))

describe.skipIf(!able)('an MSI made by msitools', () => {
  const folder = scratchFolder('msi')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each([
    ['x64, French, 1252', { platform: 'x64' }, { architecture: 'x64', language: 1036, scope: 'machine' }],
    ['x86, English', { platform: 'x86', language: 1033 }, { architecture: 'x86', language: 1033 }],
    ['UTF-8, neutral language', { codePage: 65_001, language: 0 }, { language: 0 }],
    ['for one user', { scope: 'perUser' }, { scope: 'user' }],
  ] as const)('%s: says what msiinfo says, every property of it', async (name, wanted, expected) => {
    const path = build(folder, name.replace(/\W+/g, '-'), wanted)
    const msi = await read(path)
    expect(msi).toMatchObject({
      ...expected,
      productCode: '{6A5B7C1D-1111-4222-8333-944455556666}',
      productName: 'Outil de l’atelier',
      productVersion: '3.2.1',
      manufacturer: 'Société d’Essai',
      upgradeCode: '{12345678-1111-4222-8333-944455556666}',
    })
    expect(new Map(msi.properties)).toEqual(exported(path))
    const summary = summaryOf(path)
    expect(msi.summary).toMatchObject({
      title: summary.get('Title'),
      template: summary.get('Template'),
      revision: summary.get('Revision number (UUID)'),
    })
    // msitools writes UTF-8 there whatever code page it names, and so reads it back; Windows would not.
    if ('codePage' in wanted)
      expect(msi.summary).toMatchObject({ subject: summary.get('Subject'), author: summary.get('Author') })
  })

  test('with more than 65,535 texts, whose references take three bytes', async () => {
    const path = build(folder, 'many')
    const rows = Array.from({ length: 70_000 }, (_, index) => `P${index}\tvaleur ${index}`)
    writeFileSync(
      join(folder, 'Property.idt'),
      ['Property\tValue', 's72\tl0', 'Property\tProperty', 'ProductName\tGrand', ...rows, ''].join('\r\n'),
    )
    execFileSync('msibuild', [path, '-i', join(folder, 'Property.idt')], { stdio: 'ignore' })
    const { properties, productName } = await read(path)
    expect(productName).toBe('Grand')
    expect(properties.get('P69999')).toBe('valeur 69999')
    expect(properties.size).toBe(exported(path).size)
  })

  test('reads little of a large file', async () => {
    const path = build(folder, 'large')
    execFileSync('msibuild', [path, '-a', 'big.cab', process.execPath], { stdio: 'ignore' })
    const bytes = readFileSync(path)
    let taken = 0
    const counting: PositionalReader = {
      sizeBytes: bytes.length,
      read: async (offset, length) => {
        taken += length
        return bytes.subarray(offset, offset + length)
      },
    }
    await readMsi(counting)
    expect(bytes.length).toBeGreaterThan(50_000_000)
    expect(taken).toBeLessThan(3_000_000)
  })

  test('damaged, it gives a package or says that it is damaged, and always ends', async () => {
    const whole = readFileSync(build(folder, 'damaged'))
    // What leads to the data is in the header, the tables of sectors and the directory: most damage goes there.
    await fc.assert(
      fc.asyncProperty(damaged(whole, 600), async (bytes) => {
        try {
          await readMsi(readerOf(bytes))
        } catch (error) {
          if (!(error instanceof MalformedCompoundFile) && !(error instanceof MalformedMsi)) throw error
        }
      }),
      { numRuns: runs(300) },
    )
  })

  test('a compound file that holds no database is said to be none', async () => {
    const path = build(folder, 'nothing')
    const bytes = readFileSync(path)
    // The name of the stream of the pool, as it is packed: one letter of it made another.
    const packed = Buffer.from('䡀㼿䕷䑬㹪䒲䠯', 'utf16le')
    const at = bytes.indexOf(packed)
    expect(at).toBeGreaterThan(0)
    bytes.writeUInt16LE(0x4801, at + packed.length - 2)
    await expect(readMsi(readerOf(bytes))).rejects.toThrow(MalformedMsi)
    await expect(readMsi(readerOf(Buffer.from('<html>not found</html>')))).rejects.toThrow(MalformedCompoundFile)
  })
})

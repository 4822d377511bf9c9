import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { MalformedCabinet } from '../../images/cabinet/malformed-cabinet.ts'
import { readerOf } from '../../images/positional-reader.ts'
import { readUpdate } from '../../images/updates/read-update.ts'
import { MalformedWim } from '../../images/wim/malformed-wim.ts'
import { readWimFiles } from '../../images/wim/read-wim-files.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'
import { damaged } from '../unit/damaged.ts'
import { runs } from '../unit/property-runs.ts'
import { makeTree, scratchFolder } from './wim-material.ts'

const folder = scratchFolder('updates')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

/** Files in a folder of their own, small ones unless they say something. */
function lay(files: Readonly<Record<string, string | Buffer>>): string {
  const place = join(folder, `${(made += 1)}`)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), content)
  }
  return place
}

function cabinet(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const place = lay(files)
  execFileSync('gcab', ['-c', '-z', 'out.cab', ...Object.keys(files)], { cwd: place })
  return readFileSync(join(place, 'out.cab'))
}

function wim(files: Readonly<Record<string, string | Buffer>>, compression = 'none'): Buffer {
  const place = lay(files)
  execFileSync('wimlib-imagex', ['capture', place, `${place}.wim`, `--compress=${compression}`, '--no-acls'], {
    stdio: 'ignore',
  })
  return readFileSync(`${place}.wim`)
}

const properties = (kb: string, architecture = 'amd64'): string =>
  [
    'ApplicabilityInfo="Windows 10 Version 2004;"',
    'Applies to="Windows 10.0"',
    'Build Date="2021/09/10"',
    'Company="Microsoft Corporation"',
    `KB Article Number="${kb}"`,
    'Language="ALL"',
    'Package Type="Security Update"',
    `Processor Architecture="${architecture}"`,
    'Product Name="Windows 10.0"',
    '',
  ].join('\r\n')

const identity = (name: string, version: string, architecture = 'amd64'): string =>
  `<assemblyIdentity name="${name}" version="${version}" language="neutral" processorArchitecture="${architecture}" publicKeyToken="31bf3856ad364e35"/>`

/** The answer file that an MSU brings for the servicing of Windows. */
const servicing = (...identities: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><unattend xmlns="urn:schemas-microsoft-com:unattend"><servicing>${identities
    .map((one) => `<package action="install">${one}<source location="%configsetroot%\\a.CAB"/></package>`)
    .join('')}</servicing></unattend>`

const mum = (own: string, identifier: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><assembly xmlns="urn:schemas-microsoft-com:asm.v3" manifestVersion="1.0">${own}
<package identifier="${identifier}" releaseType="Security Update"><parent>${identity('Microsoft-Windows-ProfessionalEdition', '10.0.19041.1')}</parent></package></assembly>`

const compDb = (kind: string, kb: string, version: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><CompDB Type="BuildUpdate" BuildArch="amd64" OSVersion="10.0.26100.1742" TargetOSVersion="10.0.${version}" Product="Desktop">
<Features><Feature FeatureID="${kind}_${kb}" Type="${kind}"><Packages><Package ID="p"/></Packages></Feature></Features></CompDB>`

const describeFile = async (path: string, bytes: Buffer) => (await readUpdate(path, readerOf(bytes))).update

const ableCabinets = canRun('update packages in cabinets', missingPrograms(['gcab']))

describe.skipIf(!ableCabinets)('an update in a cabinet', () => {
  test('up to 23H2 says number, processor, kind and build, whatever it is called', async () => {
    const msu = cabinet({
      'WSUSSCAN.cab': 'x',
      'Windows10.0-KB5005565-x64.cab': 'x',
      'Windows10.0-KB5005565-x64-pkgProperties.txt': properties('5005565'),
      'Windows10.0-KB5005565-x64.xml': servicing(
        identity('Package_for_ServicingStack_1220', '19041.1220.1.0'),
        identity('Package_for_RollupFix', '19041.1237.1.8'),
      ),
    })
    expect(await describeFile('mise à jour.msu', msu)).toEqual({
      file: 'mise à jour.msu',
      kb: 'KB5005565',
      architecture: 'x64',
      windows: 10,
      kind: 'cumulative',
      build: '19041.1237',
    })
  })

  test('of .NET, for x86, whose version is none of Windows', async () => {
    const msu = cabinet({
      'Windows10.0-KB5063159-x86-ndp481.cab': 'x',
      'Windows10.0-KB5063159-x86-NDP481-pkgProperties.txt': properties('5063159', 'x86'),
      'Windows10.0-KB5063159-x86-ndp481.xml': servicing(identity('Package_for_DotNetRollup_481', '10.0.9319.1', 'x86')),
    })
    expect(await describeFile('a.msu', msu)).toMatchObject({
      kb: 'KB5063159',
      architecture: 'x86',
      kind: 'dotnet',
      build: null,
    })
  })

  test.each([
    ['Package_for_ServicingStack_3562', '19041.3562.1.0', 'KB5031539', 'servicing-stack', '19041.3562'],
    ['Package_for_SafeOSDU', '26100.8309.1.7', 'KB5043937', 'dynamic', '26100.8309'],
    ['Package_for_RollupFix', '26100.9457.1.0', 'KB5129195', 'cumulative', '26100.9457'],
    ['Package_for_KB5034122', '19041.3803.1.0', 'KB5034122', 'other', '19041.3803'],
  ])('that is a package itself is what its manifest says: %s', async (name, version, kb, kind, build) => {
    const cab = cabinet({ 'update.mum': mum(identity(name, version), kb), 'update.cat': 'x' })
    expect(await describeFile('sans-nom.cab', cab)).toMatchObject({ kb, kind, build, architecture: 'x64' })
  })

  test('for Windows’ setup program is no package', async () => {
    const cab = cabinet({ 'setuphost.exe': 'x', 'setupprep.exe': 'x', 'fr-fr/setupplatform.exe.mui': 'x' })
    expect(await describeFile('Windows11.0-KB5044042-x64.cab', cab)).toMatchObject({ kind: 'dynamic', kb: 'KB5044042' })
  })

  test('packed by LZX keeps what names say, and says what was not read', async () => {
    const bytes = cabinet({
      'SSU-19041.1220-x64.cab': 'x',
      'Windows10.0-KB5005565-x64.cab': 'x',
      'Windows10.0-KB5005565-x64-pkgProperties.txt': properties('5005565'),
    })
    // No program of Debian packs LZX: the folder is made to say so.
    bytes.writeUInt16LE(0x1503, 36 + 6)
    expect(await readUpdate('a.msu', readerOf(bytes))).toEqual({
      update: { file: 'a.msu', kb: 'KB5005565', architecture: 'x64', windows: 10, kind: 'cumulative', build: null },
      unread: [{ member: 'Windows10.0-KB5005565-x64-pkgProperties.txt', packing: 'lzx' }],
    })
  })

  test('that is some other cabinet says nothing', async () => {
    expect(await describeFile('pilotes.cab', cabinet({ 'net.inf': '[Version]' }))).toMatchObject({
      kb: null,
      kind: null,
    })
  })
})

const ableWims = ableCabinets && canRun('update packages in WIMs', missingPrograms(['wimlib-imagex', '7zz']))

/** What a cumulative update of 24H2 holds, as people list it. */
function cumulative(metadata: Buffer): Readonly<Record<string, string | Buffer>> {
  return {
    'DesktopDeployment.cab': 'x1',
    'SSU-26100.3764-x64.cab': 'x2',
    'Windows11.0-KB5055523-x64.psf': 'x3',
    'Windows11.0-KB5055523-x64.wim': 'x4',
    'onepackage.AggregatedMetadata.cab': metadata,
    'wsusscan.cab': 'x5',
  }
}

describe.skipIf(!ableWims)('an update in a WIM, since checkpoints', () => {
  const metadata = (): Buffer =>
    cabinet({
      'SSUCompDB_KB5054979.xml.cab': cabinet({
        'SSUCompDB.xml': compDb('ServicingStackUpdate', 'KB5054979', '26100.3764'),
      }),
      'LCUCompDB_KB5055523.xml.cab': cabinet({
        'LCUCompDB.xml': compDb('CumulativeUpdate', 'KB5055523', '26100.3775'),
      }),
      'workloads.json': '{}',
    })

  test('says what it is by the component databases in it', async () => {
    expect(await readUpdate('n’importe.msu', readerOf(wim(cumulative(metadata()))))).toEqual({
      update: {
        file: 'n’importe.msu',
        kb: 'KB5055523',
        architecture: 'x64',
        windows: 11,
        kind: 'cumulative',
        build: '26100.3775',
      },
      unread: [],
    })
  })

  test('whose databases are packed by LZX says it by their names', async () => {
    const packed = metadata()
    packed.writeUInt16LE(0x1503, 36 + 6)
    const found = await readUpdate('a.msu', readerOf(wim(cumulative(packed))))
    expect(found.update).toMatchObject({ kb: 'KB5055523', kind: 'cumulative', architecture: 'x64', build: null })
    expect(found.unread.map(({ packing }) => packing)).toEqual(['lzx', 'lzx'])
  })

  test('that is packed itself says its name and that it was not read', async () => {
    const found = await readUpdate('windows11.0-kb5055523-x64.msu', readerOf(wim(cumulative(Buffer.alloc(3)), 'LZX')))
    expect(found).toMatchObject({ update: { kb: 'KB5055523' }, unread: [{ packing: 'lzx' }] })
  })

  test('lists the files that 7-Zip lists, in folders too', async () => {
    const place = makeTree(join(folder, 'tree'), 'x')
    execFileSync('wimlib-imagex', ['capture', place, join(folder, 'tree.wim'), '--compress=none', '--no-acls'], {
      stdio: 'ignore',
    })
    const listing = execFileSync('7zz', ['l', '-slt', join(folder, 'tree.wim')], { encoding: 'utf8' })
    const entries = listing.split('\n\n').filter((entry) => entry.includes('Folder = -'))
    const names = entries.map((entry) => /^Path = (.*)$/m.exec(entry)?.[1] ?? '')
    const found = await readWimFiles(readerOf(readFileSync(join(folder, 'tree.wim'))))
    expect(found.read && found.files.map(({ path }) => path).toSorted()).toEqual(names.toSorted())
    if (!found.read) return
    for (const { path, content } of found.files)
      expect(Buffer.from((await content?.read(0, 1_000_000)) ?? []).equals(readFileSync(join(place, path)))).toBe(true)
  })

  test('damaged, it is read or refused', async () => {
    const whole = wim(cumulative(metadata()))
    await fc.assert(
      fc.asyncProperty(damaged(whole), async (bytes) => {
        try {
          await readUpdate('a.msu', readerOf(bytes))
        } catch (error) {
          if (!(error instanceof MalformedWim) && !(error instanceof MalformedCabinet)) throw error
        }
      }),
      { numRuns: runs(300) },
    )
  })
})

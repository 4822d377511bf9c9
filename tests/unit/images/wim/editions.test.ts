import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeDescription } from '../../../../images/wim/editions.ts'
import { decodeHeader } from '../../../../images/wim/header.ts'
import { MalformedWim } from '../../../../images/wim/malformed-wim.ts'
import { foreignSamples } from '../../../foreign-samples.ts'

/** As Microsoft's media have it: byte order mark, UTF-16LE, indented. */
function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le')
}

const twoEditions = `<WIM>
  <TOTALBYTES>5012345678</TOTALBYTES>
  <IMAGE INDEX="6">
    <DIRCOUNT>24821</DIRCOUNT><FILECOUNT>118310</FILECOUNT>
    <TOTALBYTES>17895321012</TOTALBYTES><HARDLINKBYTES>8012345678</HARDLINKBYTES>
    <WINDOWS><ARCH>9</ARCH><PRODUCTNAME>Microsoft® Windows® Operating System</PRODUCTNAME><EDITIONID>Professional</EDITIONID>
      <LANGUAGES><LANGUAGE>fr-FR</LANGUAGE><LANGUAGE>en-GB</LANGUAGE><DEFAULT>fr-FR</DEFAULT></LANGUAGES>
      <VERSION><MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>26100</BUILD><SPBUILD>4349</SPBUILD><SPLEVEL>0</SPLEVEL></VERSION>
    </WINDOWS>
    <NAME>Windows 11 Pro</NAME><DESCRIPTION>Windows 11 Professionnel &amp; co</DESCRIPTION>
    <FLAGS>Professional</FLAGS><DISPLAYNAME>Windows 11 Professionnel</DISPLAYNAME>
  </IMAGE>
  <IMAGE INDEX="1"><FLAGS>Core</FLAGS><WINDOWS><ARCH>12</ARCH></WINDOWS><TOTALBYTES>many</TOTALBYTES></IMAGE>
</WIM>`

test('names the default language first: a file lists them in an order of its own', () => {
  const text = twoEditions.replace('<DEFAULT>fr-FR', '<DEFAULT>EN-gb')
  expect(decodeDescription(utf16(text)).editions[1]?.languages).toEqual(['en-GB', 'fr-FR'])
})

test('lists editions by index with what the file says of each', () => {
  const { editions, encrypted } = decodeDescription(utf16(twoEditions))
  expect(encrypted).toBe(false)
  expect(editions).toEqual([
    {
      index: 1,
      name: '',
      displayName: 'Image 1',
      description: '',
      edition: 'Core',
      architecture: 'arm64',
      build: '',
      languages: [],
      defaultLanguage: '',
      sizeBytes: 0,
      hardLinkBytes: 0,
      fileCount: 0,
      directoryCount: 0,
    },
    {
      index: 6,
      name: 'Windows 11 Pro',
      displayName: 'Windows 11 Professionnel',
      description: 'Windows 11 Professionnel & co',
      edition: 'Professional',
      architecture: 'x64',
      version: { major: 10, minor: 0, build: 26100, revision: 4349 },
      build: '26100.4349',
      languages: ['fr-FR', 'en-GB'],
      defaultLanguage: 'fr-FR',
      sizeBytes: 17895321012,
      hardLinkBytes: 8012345678,
      fileCount: 118310,
      directoryCount: 24821,
    },
  ])
})

test('knows an encrypted ESD', () => {
  expect(decodeDescription(utf16('<WIM><ESD><ENCRYPTED/></ESD></WIM>')).encrypted).toBe(true)
})

test('makes one short line of a name that is not', () => {
  const [edition] = decodeDescription(
    utf16(`<WIM><IMAGE INDEX="1"><NAME>a\n\u202e b&#9;${'c'.repeat(9000)}</NAME></IMAGE></WIM>`),
  ).editions
  expect(edition?.name).toMatch(/^a b c{508}$/)
})

test.each([
  ['another root', utf16('<WIN/>')],
  ['an image without index', utf16('<WIM><IMAGE/></WIM>')],
  ['index 0', utf16('<WIM><IMAGE INDEX="0"/></WIM>')],
  ['one index twice', utf16('<WIM><IMAGE INDEX="1"/><IMAGE INDEX="1"/></WIM>')],
  ['half a character', utf16('<WIM/>').subarray(1)],
  ['a lone surrogate', Buffer.from([0x3c, 0x00, 0x00, 0xd8])],
])('refuses %s', (_what, bytes) => {
  expect(() => decodeDescription(bytes)).toThrow(MalformedWim)
})

describe.skipIf(foreignSamples === null)('files that wimlib wrote', () => {
  test.each([
    ['wim-no-build.wim', ['Windows 11 Pro', 'Windows 11 Famille']],
    ['wim-deleted-image.wim', ['Windows 11 Pro']],
  ])('%s has its editions', (name, editions) => {
    const file = readFileSync(join(foreignSamples ?? '', 'cases', name))
    const { offset, sizeBytes } = decodeHeader(file).xmlData
    const description = decodeDescription(file.subarray(offset, offset + sizeBytes))
    expect(description.editions.map((edition) => edition.name)).toEqual(editions)
  })
})

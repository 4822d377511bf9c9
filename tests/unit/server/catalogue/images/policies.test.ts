import { describe, expect, test } from 'vitest'
import { catalogueErrors } from '../../../../../server/catalogue/images/errors.ts'
import { findDuplicate, imageIdFor } from '../../../../../server/catalogue/images/image-identity.ts'
import { parseManifest, type Image } from '../../../../../server/catalogue/images/manifest.ts'
import { meter } from '../../../../../server/catalogue/images/imports/meter.ts'
import { CatalogueError, problemOf } from '../../../../../server/catalogue/images/problem.ts'
import { spaceNeeded } from '../../../../../server/catalogue/images/imports/space-need.ts'
import { explainWimlibFailure } from '../../../../../server/catalogue/images/imports/wimlib-failure.ts'
import type { Edition } from '../../../../../images/wim/editions.ts'

const edition: Edition = {
  index: 6,
  name: 'Windows 11 Pro',
  displayName: 'Windows 11 Pro – Éducation',
  description: '',
  edition: 'Professional',
  architecture: 'x64',
  build: '26100.4349',
  languages: ['fr-FR'],
  defaultLanguage: 'fr-FR',
  sizeBytes: 18e9,
  hardLinkBytes: 8e9,
  fileCount: 118_310,
  directoryCount: 24_821,
}
const image: Image = {
  format: 1,
  id: 'windows-11-pro',
  name: 'Windows 11 Pro',
  description: '',
  edition: 'Professional',
  architecture: 'x64',
  build: '26100.4349',
  languages: ['fr-FR'],
  defaultLanguage: 'fr-FR',
  fileCount: 1,
  sizeBytes: 1,
  contentBytes: 1,
  sha256: 'a'.repeat(64),
  contentSha1: 'c'.repeat(40),
  source: { fileName: 'install.wim', sha256: 'b'.repeat(64), index: 6 },
  wimlib: '1.14.4',
  preparedAt: '2026-11-23T10:00:00.000Z',
}

describe('an image id', () => {
  test.each([
    [[], 'windows-11-pro-education'],
    [['windows-11-pro-education'], 'windows-11-pro-education-26100-4349'],
    [['windows-11-pro-education', 'windows-11-pro-education-26100-4349'], 'windows-11-pro-education-26100-4349-2'],
  ])('beside %j is %s', (taken: readonly string[], expected) => {
    expect(imageIdFor(edition, (id) => taken.includes(id))).toBe(expected)
  })

  test.each([['日本'], ['../..'], ['']])('is a plain word for a name like %j', (displayName) => {
    expect(imageIdFor({ ...edition, displayName }, () => false)).toBe('image')
  })
})

describe('a duplicate', () => {
  test.each([
    ['the same place of the same file', { sourceSha256: 'b'.repeat(64), index: 6, contentSha1: 'd'.repeat(40) }, true],
    ['the same image in another file', { sourceSha256: 'e'.repeat(64), index: 1, contentSha1: 'c'.repeat(40) }, true],
    [
      'another edition of the same file',
      { sourceSha256: 'b'.repeat(64), index: 1, contentSha1: 'd'.repeat(40) },
      false,
    ],
    ['another image, not hashed yet', { index: 6, contentSha1: 'd'.repeat(40) }, false],
  ])('%s: %j', (_what, candidate, isOne) => {
    expect(findDuplicate([image], candidate) === image).toBe(isOne)
  })
})

test('a manifest comes back as it was; one with a doubtful id or hash does not', () => {
  expect(parseManifest(JSON.stringify(image))).toEqual(image)
  for (const change of [{ id: '../x' }, { sha256: 'z' }, { sizeBytes: -1 }, { format: 2 }]) {
    expect(parseManifest(JSON.stringify({ ...image, ...change }))).toBeUndefined()
  }
  expect(parseManifest('{')).toBeUndefined()
})

test('preparing needs room for the source repacked, but never more than its files', () => {
  const margin = 64 * 1024 * 1024
  expect(spaceNeeded({ sizeBytes: 5e9, compression: 'lzx' }, edition)).toBe(margin + 5.5e9)
  expect(spaceNeeded({ sizeBytes: 4e9, compression: 'lzms' }, edition)).toBe(margin + 6.4e9)
  expect(spaceNeeded({ sizeBytes: 50e9, compression: 'none' }, edition)).toBe(margin + 10.2e9)
})

describe('wimlib ending badly', () => {
  test.each([
    ['ERROR: Exiting with error code 28:\n  The SHA-1', 28, 'WIM_DAMAGED'],
    ['ERROR: Exiting with error code 65:', 65, 'WIM_DAMAGED'],
    ['[ERROR] Error writing: No space left on device\nERROR: Exiting with error code 72:', 72, 'SERVER_DISK_FULL'],
    ['ERROR: Exiting with error code 43:', 43, 'WIM_NOT_A_WIM'],
    ['ERROR: Exiting with error code 74:', 74, 'WIM_ENCRYPTED'],
    ['ERROR: Exiting with error code 39:', 39, 'WIMLIB_FAILED'],
    ['', 134, 'WIMLIB_FAILED'],
  ])('%j means %s', (errors, exitCode, code) => {
    expect(explainWimlibFailure({ exitCode, output: '', errors }, 'install.wim').code).toBe(code)
  })
})

test('a meter tells rate and time left of the last five seconds, at most four times a second', () => {
  const measure = meter('exporting', 1000)
  expect(measure(0, 0)).toEqual({ phase: 'exporting', fraction: 0 })
  expect(measure(10, 100)).toBeUndefined()
  expect(measure(100, 1000)).toEqual({ phase: 'exporting', fraction: 0.1, bytesPerSecond: 100, secondsLeft: 9 })
  expect(measure(100, 7000)).toEqual({ phase: 'exporting', fraction: 0.1 })
  expect(measure(100, 8000)).toEqual({ phase: 'exporting', fraction: 0.1, bytesPerSecond: 0 })
  expect(measure(1000, 8001)?.fraction).toBe(1)
})

test('a full disk says how much is needed and how much is left', () => {
  const { fr } = catalogueErrors.NO_SPACE.message({ neededBytes: 5.4e9, freeBytes: 3e8 })
  expect(fr.replaceAll(/\s/g, ' ')).toBe('Il faut 5,4 Go et il reste 300 Mo sur le disque du serveur.')
})

test('any error becomes a problem with a code', () => {
  expect(problemOf(new CatalogueError('WIM_DAMAGED', { fileName: 'a' }, 'why'))).toEqual({
    code: 'WIM_DAMAGED',
    params: { fileName: 'a' },
    detail: 'why',
  })
  expect(problemOf(Object.assign(new Error('full'), { code: 'ENOSPC' })).code).toBe('SERVER_DISK_FULL')
  expect(problemOf('odd')).toEqual({ code: 'CATALOGUE_FAILED', params: {}, detail: 'odd' })
})

import { describe, expect, test } from 'vitest'
import { parseSequence } from '../../../../../tasksequences/parse/parse-sequence.ts'
import { imageWish } from '../../../../../tasksequences/image-wish.ts'
import { chooseImage, fits, imagesFor } from '../../../../../server/deployments/planning/image-choice.ts'
import type { PinnedImage } from '../../../../../server/deployments/run/run.ts'
import { image as sample } from '../sample.ts'

const image = (id: string, edition: string, build: string): PinnedImage => ({ ...sample, id, edition, build })
const older = image('windows-11-professionnel', 'Professional', '22631.2861')
const newer = image('windows-11-professionnel-2', 'Professional', '26100.2033')
const patched = image('windows-11-professionnel-3', 'Professional', '26100.4061')
const home = image('windows-11-famille', 'Core', '26100.2033')
const ten = image('windows-10-professionnel', 'Professional', '19045.3803')
const all = [older, patched, newer, home, ten]

describe('the image of a run', () => {
  test('is the newest of the edition and Windows the sequence is for, by build number', () => {
    expect(chooseImage({ edition: 'Professional', windows: 11 }, undefined, all)).toEqual({
      kind: 'chosen',
      image: patched,
    })
    expect(chooseImage({ edition: 'professional', windows: 10 }, undefined, all)).toEqual({
      kind: 'chosen',
      image: ten,
    })
    expect(chooseImage({ edition: 'Core' }, undefined, all)).toEqual({ kind: 'chosen', image: home })
  })

  test('is the one a person asks for, as long as the sequence is for it', () => {
    const wish = { edition: 'Professional', windows: 11 } as const
    expect(chooseImage(wish, older.id, all)).toEqual({ kind: 'chosen', image: older })
    expect(chooseImage(wish, home.id, all)).toEqual({ kind: 'wrong', image: home, wish })
    expect(chooseImage(wish, 'gone', all)).toEqual({ kind: 'unknown', id: 'gone' })
  })

  test('is one of those that fit, the named one first, then the newest, whatever their order', () => {
    const idsFor = (...args: Parameters<typeof imagesFor>) => imagesFor(...args).map(({ id }) => id)
    const pro = { edition: 'Professional', windows: 11 } as const
    expect(idsFor(pro, all)).toEqual([patched.id, newer.id, older.id])
    expect(idsFor({ ...pro, image: older.id }, all.toReversed())).toEqual([older.id, patched.id, newer.id])
    const twin = image('windows-11-pro', 'Professional', newer.build)
    expect(idsFor(pro, [twin, newer])).toEqual(idsFor(pro, [newer, twin]))
  })

  test('stays open when nobody says which, or the catalogue has none', () => {
    expect(chooseImage({}, undefined, all)).toEqual({ kind: 'open', wish: {} })
    expect(chooseImage({ edition: 'Education' }, undefined, all)).toMatchObject({ kind: 'open' })
    expect(chooseImage(null, undefined, all)).toEqual({ kind: 'none' })
  })

  test('tells Windows 10 from 11 by the build', () => {
    expect([older, ten].map((one) => fits(one, { windows: 11 }))).toEqual([true, false])
    expect([older, ten].map((one) => fits(one, { windows: 10 }))).toEqual([false, true])
  })

  test('is one for 64-bit PCs: what netboot starts cannot run another', () => {
    const wish = { edition: 'Professional', windows: 11 } as const
    const arm = { ...image('arm', 'Professional', '26200.1'), architecture: 'arm64' as const }
    const ia32 = { ...image('ia32', 'Professional', '26200.1'), architecture: 'x86' as const }
    expect(chooseImage(wish, undefined, [arm, ia32, older])).toEqual({ kind: 'chosen', image: older })
    expect(chooseImage(wish, undefined, [arm])).toEqual({ kind: 'open', wish })
    expect(chooseImage(wish, arm.id, [arm])).toEqual({ kind: 'wrong', image: arm, wish })
    expect(chooseImage({}, ia32.id, [ia32])).toMatchObject({ kind: 'wrong' })
  })

  test('speaks what the sequence is for: the very language before another of its family, never a foreign one', () => {
    const wish = { edition: 'Professional', family: 'fr-FR' }
    const english = { ...patched, id: 'en', languages: ['en-US'] }
    const canadian = { ...patched, id: 'ca', languages: ['fr-CA'] }
    const both = { ...older, id: 'both', languages: ['en-US', 'fr-FR'] }
    const silent = { ...older, id: 'silent', languages: [] }
    const idOf = (...images: PinnedImage[]): string => {
      const choice = chooseImage(wish, undefined, images)
      return choice.kind === 'chosen' ? choice.image.id : choice.kind
    }
    expect(idOf(english, canadian, older)).toBe(older.id)
    expect(idOf(english, canadian)).toBe('ca')
    expect(idOf(english, both)).toBe('both')
    expect(idOf(english, silent)).toBe('silent')
    expect(idOf(english)).toBe('open')
    expect(chooseImage(wish, 'en', [english])).toMatchObject({ kind: 'wrong' })
    expect(chooseImage({ language: 'fr-FR' }, 'ca', [canadian])).toMatchObject({ kind: 'wrong' })
  })

  test('is no Windows 10 because it is no Windows 11', () => {
    expect(fits(image('old', 'Professional', '9600.17415'), { windows: 10 })).toBe(false)
  })

  test('is wished for in the language of the answer file', () => {
    const wishOf = (prepare: string, variables = '{ locale: fr-FR }') => {
      const parsed = parseSequence(
        `name: X\nvariables: ${variables}\nenvironment:\n  - partition-disk: { disk: only }\n  - apply-image: { windows: 11 }\n  - prepare-windows: ${prepare}\n`,
      )
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
      return imageWish(parsed.sequence, {})
    }
    expect(wishOf('{}')).toEqual({ windows: 11, family: 'fr-FR' })
    expect(wishOf('{ locale: de-DE }')).toEqual({ windows: 11, family: 'de-DE' })
    expect(wishOf('{ locale: de-DE, language: en-US }')).toEqual({ windows: 11, language: 'en-US' })
    expect(wishOf('{}', '{}')).toEqual({ windows: 11 })
  })

  test('is wished for in the sequence, with its variables filled in', () => {
    const text =
      'name: X\nvariables: { which: Core }\nenvironment:\n  - partition-disk: { disk: only }\n  - apply-image: { edition: "${which}", windows: 11 }\n'
    const parsed = parseSequence(text)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    expect(imageWish(parsed.sequence, {})).toEqual({ edition: 'Core', windows: 11 })
    expect(imageWish(parsed.sequence, { which: 'Professional' })).toEqual({ edition: 'Professional', windows: 11 })
  })
})

import { describe, expect, test } from 'vitest'
import { erasureOf } from '../../../../server/dashboard/state/disks.ts'
import { filterLog, logText } from '../../../../server/dashboard/pages/machine/log.ts'
import { modelName } from '../../../../server/dashboard/state/model-name.ts'
import { placeOf } from '../../../../server/dashboard/state/place.ts'
import { keepOnly, nothingSelected, pick, pickAll } from '../../../../server/dashboard/pages/bench/selection.ts'
import { offsetOf, problemsIn } from '../../../../server/dashboard/pages/sequences/sequence.ts'
import { hardwareOf } from '../../../../server/machines/hardware.ts'
import { chosenImage, chosenSequence, goOf, offeredImages } from '../../../../server/dashboard/state/start.ts'
import { filterOf, queryOf, readAgain, withFirst, withNext } from '../../../../server/dashboard/state/stock-list.ts'
import { logLines } from '../../../dashboard/moments.ts'
import { crucial, disk, inventory, samsung } from '../../../dashboard/seed.ts'
import { busyWorkshop } from '../../../dashboard/workshop.ts'

const seed = busyWorkshop()
const order = ['a', 'b', 'c', 'd', 'e']

test('the stock’s filter stands in the address, and is read from there', () => {
  expect(queryOf({ state: null, search: ' ' })).toBe('')
  for (const filter of [
    { state: 'ready' as const, search: 'nuc 13 & co' },
    { state: null, search: 'é' },
  ])
    expect(filterOf(queryOf(filter))).toEqual(filter)
  expect(filterOf('?state=sold&search=x')).toEqual({ state: null, search: 'x' })
})

describe('picking', () => {
  test('a second click lets go', () => {
    const once = pick(nothingSelected, 'b', order, false)
    expect([...once.ids]).toEqual(['b'])
    expect([...pick(once, 'b', order, false).ids]).toEqual([])
  })

  test.each([
    ['down', 'b', 'd', ['b', 'c', 'd']],
    ['up', 'd', 'b', ['d', 'b', 'c']],
  ])('Shift reaches %s from the last click', (_name, from, to, ids) => {
    const started = pick(nothingSelected, from, order, false)
    expect(new Set(pick(started, to, order, true).ids)).toEqual(new Set(ids))
  })

  test('Shift without a click before is a click', () => {
    expect([...pick(nothingSelected, 'c', order, true).ids]).toEqual(['c'])
  })

  test('lets go of a machine that can no longer be picked', () => {
    const all = pickAll(order)
    expect([...keepOnly(all, ['a', 'e']).ids]).toEqual(['a', 'e'])
    expect(keepOnly(all, order)).toBe(all)
  })
})

describe('what will be erased', () => {
  const usb = disk('SanDisk Ultra', '4C53', 31_000_000_000, { transport: 'usb', removable: true })
  const medium = disk('Samsung BAR', '0372', 64_000_000_000, { bootMedium: true })
  test.each([
    ['the only internal disk, beside a stick', inventory('X', [samsung('S1'), usb]), 'one'],
    ['the only internal disk, beside the boot medium', inventory('X', [medium, samsung('S1')]), 'one'],
    ['nothing yet, since two could be', inventory('X', [samsung('S1'), crucial('C1')]), 'asks'],
    ['nothing, since only a stick is in it', inventory('X', [usb]), 'none'],
    ['not known before the inventory', null, 'unknown'],
  ] as const)('is %s', (_name, found, kind) => {
    expect(erasureOf(found && hardwareOf(found), 'only').kind).toBe(kind)
  })

  const two = hardwareOf(inventory('X', [samsung('S1'), crucial('C1')]))
  const [small, large] = two.disks.toSorted((a, b) => a.sizeBytes - b.sizeBytes)
  const same = hardwareOf(inventory('X', [samsung('S1'), samsung('S2')]))
  test.each<[string, Parameters<typeof erasureOf>, unknown]>([
    ['the largest, when the sequence says so', [two, 'largest'], { kind: 'one', disk: large }],
    ['asked for, when two are the largest', [same, 'largest'], { kind: 'asks', disks: same.disks }],
    [
      'the smallest that suffices, which depends on the image',
      [two, 'smallest'],
      { kind: 'smallest', disks: two.disks },
    ],
    ['the one of the named serial', [two, { serial: ' s1' }], { kind: 'one', disk: small }],
    ['the one of the named model', [two, { model: large?.model ?? '' }], { kind: 'one', disk: large }],
    ['nothing here, when the named one is not there', [two, { serial: 'Z' }], { kind: 'missing' }],
    ['asked for, when a variable names it', [two, null], { kind: 'asks', disks: two.disks }],
  ])('by the sequence’s rule it is %s', (_name, question, expected) => {
    expect(erasureOf(...question)).toEqual(expected)
  })
})

describe('the start panel', () => {
  const [sequence, look] = seed.sequences
  if (sequence === undefined || look === undefined) throw new Error('the seed is empty')
  const images = Object.fromEntries(seed.images.map((image) => [image.id, image]))

  test('offers the sequence used the last time, as long as it can be started', () => {
    expect(chosenSequence([sequence, look], look.id)).toBe(look)
    expect(chosenSequence([sequence], look.id)).toBe(sequence)
    expect(chosenSequence([], look.id)).toBeNull()
  })

  test('does not let start what the server would refuse, and leads to where it is mended', () => {
    const [image = null] = seed.images
    const lack = { code: 'SOFTWARE_NOT_FOUND', message: { fr: '', en: '' }, line: 1, column: 1, conditional: false }
    expect(goOf(sequence, image)).toEqual({ kind: 'hold' })
    expect(goOf(look, null)).toEqual({ kind: 'press' })
    expect(goOf(null, null)).toEqual({ kind: 'nothing' })
    expect(goOf(sequence, null)).toEqual({ kind: 'mend', what: 'image', href: '/images' })
    expect(goOf({ ...sequence, lacking: [lack] }, image)).toMatchObject({ what: 'catalogue', href: '/images' })
    expect(goOf({ ...sequence, lacking: [{ ...lack, conditional: true }] }, image)).toEqual({ kind: 'hold' })
    expect(goOf({ ...look, asks: ['office'] }, null)).toMatchObject({ name: 'office', href: `/sequences/${look.id}` })
  })

  test('offers the images the server says, in its order, and takes its first unless a person picks another', () => {
    const offered = offeredImages({ ...sequence, imageIds: ['windows-10-pro', 'gone', 'windows-11-pro'] }, images)
    expect(offered.map(({ id }) => id)).toEqual(['windows-10-pro', 'windows-11-pro'])
    expect(chosenImage(offered, null)?.id).toBe('windows-10-pro')
    expect(chosenImage(offered, 'windows-11-pro')?.id).toBe('windows-11-pro')
    expect(chosenImage(offeredImages(look, images), 'windows-10-pro')).toBeNull()
  })
})

test.each([
  ['Intel(R) Client Systems', 'NUC13ANHi5', 'Intel NUC13ANHi5'],
  ['ASUSTeK COMPUTER INC.', 'NUC14RVHv5', 'ASUSTeK NUC14RVHv5'],
  ['Dell Inc.', 'OptiPlex 7010', 'Dell OptiPlex 7010'],
  ['HP', 'HP EliteDesk 800 G6', 'HP EliteDesk 800 G6'],
  ['Micro-Star International Co., Ltd.', 'MS-7D48', 'Micro-Star International MS-7D48'],
  [null, 'NUC8i5BEH', 'NUC8i5BEH'],
  [null, null, null],
])('%s, %s is called %s', (manufacturer, product, name) => {
  expect(modelName({ manufacturer, product })).toBe(name)
})

describe('the stock list', () => {
  const page = (ids: string, next: string | null) => ({ items: [...ids].map((id) => ({ id })), next })
  const two = withNext({ ids: ['a', 'b'], next: 'b' }, page('cd', 'd'))

  test('grows page by page', () => {
    expect(two).toEqual({ ids: ['a', 'b', 'c', 'd'], next: 'd' })
    expect(withNext(two, page('e', null))).toEqual({ ids: ['a', 'b', 'c', 'd', 'e'], next: null })
  })

  test('has what changed at its top when its first page is read again, and no record twice', () => {
    expect(withFirst(two, page('da', 'a'))).toEqual({ ids: ['d', 'a', 'b', 'c'], next: 'd' })
    expect(withFirst({ ids: ['a', 'b'], next: 'b' }, page('xa', 'a'))).toEqual({ ids: ['x', 'a', 'b'], next: 'a' })
  })

  test('is read again as far as a person had come, and is shorter where something has left it', async () => {
    const pages = [page('ad', 'd'), page('ef', 'f'), page('g', null)]
    const asked: Array<string | null> = []
    const read = async (after: string | null) => {
      asked.push(after)
      return pages[asked.length - 1] ?? page('', null)
    }
    expect(await readAgain(two, read)).toEqual({ ids: ['a', 'd', 'e', 'f'], next: 'f' })
    expect(asked).toEqual([null, 'd'])
    expect(await readAgain(two, async () => page('b', null))).toEqual({ ids: ['b'], next: null })
  })

  test('is its first page when that is all there is', () => {
    expect(withFirst(two, page('b', null))).toEqual({ ids: ['b'], next: null })
  })
})

test.each([
  ['/', { page: 'bench' }],
  ['/machines/01J%2F', { page: 'machine', id: '01J/' }],
  ['/stock', { page: 'stock' }],
  ['/images', { page: 'catalogue' }],
  ['/sequences', { page: 'sequences', id: null }],
  ['/sequences/nuc', { page: 'sequences', id: 'nuc' }],
  ['/settings', { page: 'settings' }],
  ['/machines', { page: 'unknown' }],
  ['/stock/3', { page: 'unknown' }],
  ['/a/b/c', { page: 'unknown' }],
])('the address %s leads to its page', (path, place) => {
  expect(placeOf(path)).toEqual(place)
})

describe('the log', () => {
  test.each([
    ['all', 60],
    ['said', 38],
    ['trouble', 14],
  ] as const)('shows %s', (level, count) => {
    expect(filterLog(logLines, level)).toHaveLength(count)
  })

  test('is copied with time, step and level', () => {
    expect(logText(logLines.slice(0, 1))).toMatch(/^\d{4}-\d\d-\d\dT\S+ environment-2 info Disque choisi/)
  })
})

describe('a sequence’s text', () => {
  test.each([
    [1, 1, 0],
    [2, 3, 6],
    [9, 1, 12],
  ])('line %i, column %i is a place in it', (line, column, offset) => {
    expect(offsetOf('abc\ndefg\nhij', line, column)).toBe(offset)
  })

  test('a refusal brings its problems, and any other answer none', () => {
    const problem = { code: 'X', message: { fr: 'a', en: 'a' }, line: 1, column: 1 }
    expect(problemsIn({ code: 'SEQUENCE_INVALID', problems: [problem] })).toEqual([problem])
    for (const body of [null, 'no', {}, { problems: 3 }]) expect(problemsIn(body)).toEqual([])
  })
})

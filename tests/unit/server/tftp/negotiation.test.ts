import { describe, expect, test } from 'vitest'
import { negotiate } from '../../../../server/tftp/negotiation.ts'
import type { NegotiationLimits } from '../../../../server/tftp/negotiation.ts'

const ETHERNET: NegotiationLimits = { maxBlockBytes: 65464, mtuBytes: 1500, maxWindowBlocks: 64 }
const JUMBO = { ...ETHERNET, mtuBytes: 9000 }
const LOOPBACK = { ...ETHERNET, mtuBytes: 65536 }
const SIZE = 5_000_000

function ask(options: Record<string, string>, limits = ETHERNET) {
  return negotiate(
    Object.entries(options).map(([name, value]) => ({ name, value })),
    SIZE,
    limits,
  )
}

test('answers no OACK to a client without options, and sends RFC 1350 blocks in lock step', () => {
  expect(ask({})).toEqual({ blockBytes: 512, windowBlocks: 1, acknowledged: [] })
})

describe('blksize (RFC 2348)', () => {
  test.each([
    ['the smallest', '8', ETHERNET, 8],
    ['shim', '512', ETHERNET, 512],
    ['GRUB', '1024', ETHERNET, 1024],
    ['EDK2 on Ethernet', '1468', ETHERNET, 1468],
    ['one byte more than the link carries whole', '1469', ETHERNET, 1468],
    ['bootmgr with a large block, which would be cut into fragments', '16384', ETHERNET, 1468],
    ['the same on jumbo frames', '16384', JUMBO, 8968],
    ['the largest', '65464', LOOPBACK, 65464],
    ['more than the largest', '65465', LOOPBACK, 65464],
    ['more than the administrator allows', '1468', { ...ETHERNET, maxBlockBytes: 1400 }, 1400],
  ])('%s: %s', (_client, value, limits, blockBytes) => {
    expect(ask({ blksize: value }, limits)).toMatchObject({
      blockBytes,
      acknowledged: [{ name: 'blksize', value: String(blockBytes) }],
    })
  })

  test.each(['7', '0', '-1', '', '1e3', '0x200', ' 512', '512.5', 'many'])(
    'leaves out the invalid value "%s"',
    (value) => {
      expect(ask({ blksize: value })).toEqual({ blockBytes: 512, windowBlocks: 1, acknowledged: [] })
    },
  )
})

describe('timeout (RFC 2349) is taken as it is or left out', () => {
  test.each([
    ['1', 1000],
    ['255', 255_000],
  ])('%s s', (value, timeoutMs) => {
    expect(ask({ timeout: value })).toMatchObject({ timeoutMs, acknowledged: [{ name: 'timeout', value }] })
  })
  test.each(['0', '256', 'x'])('"%s" is left out', (value) => {
    const agreement = ask({ timeout: value })
    expect(agreement.acknowledged).toEqual([])
    expect(agreement.timeoutMs).toBeUndefined()
  })
})

describe('windowsize (RFC 7440)', () => {
  test.each([
    ['1', 1],
    ['4', 4],
    ['64', 64],
    ['65', 64],
    ['65535', 64],
  ])('%s is agreed to as %i', (value, windowBlocks) => {
    expect(ask({ windowsize: value })).toMatchObject({
      windowBlocks,
      acknowledged: [{ name: 'windowsize', value: String(windowBlocks) }],
    })
  })
  test.each(['0', '65536'])('%s is left out', (value) => {
    expect(ask({ windowsize: value })).toMatchObject({ windowBlocks: 1, acknowledged: [] })
  })
})

test('answers tsize with the size of the file', () => {
  expect(ask({ tsize: '0' }).acknowledged).toEqual([{ name: 'tsize', value: '5000000' }])
})

test('acknowledges only what was asked and is known, in the order and spelling of the client', () => {
  const { acknowledged } = ask({ 'x-vendor': '1', WindowSize: '16', constructor: '1', TSIZE: '0', BlkSize: '1428' })
  expect(acknowledged).toEqual([
    { name: 'WindowSize', value: '16' },
    { name: 'TSIZE', value: '5000000' },
    { name: 'BlkSize', value: '1428' },
  ])
})

test('holds an option to its first value when it comes twice (RFC 2347)', () => {
  const twice = [
    { name: 'blksize', value: '1024' },
    { name: 'BLKSIZE', value: '8' },
  ]
  expect(negotiate(twice, SIZE, ETHERNET)).toMatchObject({
    blockBytes: 1024,
    acknowledged: [{ name: 'blksize', value: '1024' }],
  })
})

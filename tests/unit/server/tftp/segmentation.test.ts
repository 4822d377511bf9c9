import { describe, expect, test } from 'vitest'
import { segmentationFailure, planSegmentation } from '../../../../server/tftp/segmentation.ts'

describe('a window leaves in as few calls as the kernel takes', () => {
  test.each([
    ['four blocks of GRUB’s size', 1024, 4, 1500, { segmentBytes: 1028, blocksPerSend: 63 }],
    ['64 blocks of 1428: 45 fit one call', 1428, 64, 1500, { segmentBytes: 1432, blocksPerSend: 45 }],
    ['the largest block of an Ethernet', 1468, 16, 1500, { segmentBytes: 1472, blocksPerSend: 44 }],
    ['RFC 1350 blocks: 64 segments are the kernel’s limit', 512, 64, 1500, { segmentBytes: 516, blocksPerSend: 64 }],
  ])('%s', (_what, blockBytes, windowBlocks, mtuBytes, plan) => {
    expect(planSegmentation(blockBytes, windowBlocks, mtuBytes)).toEqual(plan)
  })
})

describe('datagrams leave one by one', () => {
  test.each([
    ['in lock step', 1428, 1, 1500],
    ['when a block is larger than the link', 1469, 16, 1500],
    ['when blocks are so small that an OACK would be cut', 8, 16, 1500],
    ['when no two blocks fit one call', 65464, 4, 65536],
  ])('%s', (_when, blockBytes, windowBlocks, mtuBytes) => {
    expect(planSegmentation(blockBytes, windowBlocks, mtuBytes)).toBeUndefined()
  })
})

test.each([
  ['EIO', 'unsupported'],
  ['ENOPROTOOPT', 'unsupported'],
  // A segment longer than the way carries: Linux up to 6.13, and since.
  ['EINVAL', 'too-long'],
  ['EMSGSIZE', 'too-long'],
  ['ENETUNREACH', undefined],
  ['EPERM', undefined],
])('%s of a segmenting socket means: %s', (code, expected) => {
  expect(segmentationFailure(Object.assign(new Error(code), { code }))).toBe(expected)
})

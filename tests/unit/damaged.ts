import fc from 'fast-check'

/** Copies of a file, each damaged in up to forty places or cut off somewhere; `early` bytes at its start are hit more. */
export function damaged(whole: Uint8Array, early = 0): fc.Arbitrary<Buffer> {
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
  const earlyChange = fc.tuple(fc.nat(early), fc.nat(255))
  const changes = fc.tuple(
    fc.array(change, { maxLength: 40 }),
    fc.array(earlyChange, { maxLength: early === 0 ? 0 : 6 }),
  )
  return fc.tuple(changes, fc.nat(whole.length), fc.boolean()).map(([[anywhere, first], cut, isCut]) => {
    const bytes = Buffer.from(isCut ? whole.subarray(0, cut) : whole)
    for (const [at, value] of [...anywhere, ...first]) if (at < bytes.length) bytes[at] = value
    return bytes
  })
}

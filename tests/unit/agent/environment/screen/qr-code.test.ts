import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeQrCode, type Modules } from '../../../../../agent/environment/screen/qr-code.ts'
import { runs } from '../../../property-runs.ts'
import { canRun, missingPrograms } from '../../../../machine/requirements.ts'

const hasReader = canRun('QR codes read back', missingPrograms(['zbarimg']))

/** A portable grey map with a quiet zone of four modules, four pixels a module. */
function picture(modules: Modules): Buffer {
  const [quiet, scale] = [4, 4]
  const size = (modules.length + 2 * quiet) * scale
  const pixels = Buffer.alloc(size * size, 255)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (modules[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet] === true) pixels[y * size + x] = 0
    }
  }
  return Buffer.concat([Buffer.from(`P5 ${size} ${size} 255\n`), pixels])
}

function readBack(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-qr-'))
  try {
    const modules = encodeQrCode(text)
    if (modules === null) throw new Error('too long')
    writeFileSync(join(folder, 'code.pgm'), picture(modules))
    return execFileSync('zbarimg', ['--quiet', '--raw', '--nodbus', join(folder, 'code.pgm')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trimEnd()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('QR code', () => {
  test.runIf(hasReader).each([
    ['version 1', 'http://10.0.0.1/'],
    ['version 2', 'http://10.0.0.1:8080/m/abcdefgh'],
    ['version 3', 'http://192.168.100.200:8080/machines/abcdefgh1234'],
    ['version 4', 'http://192.168.100.200:8080/machines/0b5f3c1e-8a1d-4a55-9a3c-1d2e3f405162'],
    ['version 5', `http://192.168.100.200:8080/${'machine/'.repeat(9)}`],
    ['version 6', `http://192.168.100.200:8080/${'x1y2z3/'.repeat(15)}`.slice(0, 134)],
  ])('is read by a foreign reader, %s', (_name, text) => {
    expect(readBack(text)).toBe(text)
  })

  test('grows by four modules a version and refuses what does not fit', () => {
    expect(encodeQrCode('x'.repeat(17))?.length).toBe(21)
    expect(encodeQrCode('x'.repeat(18))?.length).toBe(25)
    expect(encodeQrCode('x'.repeat(134))?.length).toBe(41)
    expect(encodeQrCode('x'.repeat(135))).toBeNull()
  })

  test('takes any text without throwing, and is square', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 160 }), (text) => {
        const modules = encodeQrCode(text)
        if (Buffer.byteLength(text) <= 134) expect(modules?.every((row) => row.length === modules.length)).toBe(true)
        else expect(modules).toBeNull()
      }),
      { numRuns: runs(40) },
    )
  })
})

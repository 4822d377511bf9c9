import { describe, expect, test } from 'vitest'
import { appliesTo, chooseSection, parseTargetOs, type WindowsTarget } from '../../../../images/inf/target-os.ts'

const windows11: WindowsTarget = { architecture: 'amd64', build: 26_100 }
const windows10: WindowsTarget = { architecture: 'amd64', build: 19_045 }
const windows10x86: WindowsTarget = { architecture: 'x86', build: 19_045 }
const windowsOnArm: WindowsTarget = { architecture: 'arm64', build: 26_100 }

function target(text: string) {
  const parsed = parseTargetOs(text)
  if (parsed === null) throw new Error(`no target: ${text}`)
  return parsed
}

describe('a TargetOSVersion decoration', () => {
  test('has its parts in Microsoft’s order, each may be left out', () => {
    expect(target('NTamd64.10.0...22000')).toEqual({
      architecture: 'amd64',
      major: 10,
      minor: 0,
      productType: null,
      suiteMask: null,
      build: 22_000,
    })
    expect(target('ntx86....0x80')).toMatchObject({ architecture: 'x86', major: null, suiteMask: 0x80, build: null })
    expect(target('NT.6.1')).toMatchObject({ architecture: null, major: 6, minor: 1 })
    expect(target('NTamd64.10.0.3')).toMatchObject({ productType: 3 })
  })

  test.each(['', 'amd64', 'NTmips', 'NTamd64.ten', 'NTamd64.10.0.1.2.3.4', 'NTamd64 '])('%j is none', (text) => {
    expect(parseTargetOs(text)).toBeNull()
  })

  test.each([
    ['NTamd64', windows11, true],
    ['NTamd64', windows10x86, false],
    ['NTamd64', windowsOnArm, false],
    ['NTarm64.10.0...22000', windowsOnArm, true],
    ['NTx86', windows10x86, true],
    ['NT', windows10x86, true],
    ['NT', windows11, false],
    ['NTamd64.6.1', windows11, true],
    ['NTamd64.10.0', windows10, true],
    ['NTamd64.11.0', windows11, false],
    ['NTamd64.10.1', windows11, false],
    ['NTamd64.10.0...22000', windows11, true],
    ['NTamd64.10.0...22000', windows10, false],
    ['NTamd64.10.0...19045', windows10, true],
    ['NTamd64.6.3...99999', windows10, true],
    ['NTamd64.10.0.1', windows11, true],
    ['NTamd64.10.0.3', windows11, false],
    ['NTamd64....0x80', windows11, false],
    ['NTamd64....0x100', windows11, true],
  ] as const)('%s on %j: %s', (text, windows, applies) => {
    expect(appliesTo(target(text), windows)).toBe(applies)
  })
})

describe('of several sections', () => {
  const choose = (windows: WindowsTarget, ...texts: string[]): string | undefined =>
    chooseSection(
      texts.map((text) => ({ text, target: target(text) })),
      windows,
    )?.text

  test.each([
    [windows11, ['NTamd64', 'NTamd64.10.0', 'NTamd64.10.0...22000'], 'NTamd64.10.0...22000'],
    [windows10, ['NTamd64', 'NTamd64.10.0', 'NTamd64.10.0...22000'], 'NTamd64.10.0'],
    [windows11, ['NTamd64.10.0...17134', 'NTamd64.10.0...22621', 'NTamd64.10.0...22000'], 'NTamd64.10.0...22621'],
    [windows11, ['NTamd64....0x100', 'NTamd64.6.0'], 'NTamd64.6.0'],
    [windows11, ['NTamd64.10.0', 'NTamd64.10.0.1'], 'NTamd64.10.0.1'],
    [windows10x86, ['NT', 'NTx86'], 'NTx86'],
    [windows11, ['NTx86', 'NT'], undefined],
  ] as const)('Windows %j takes from %j: %s', (windows, texts, chosen) => {
    expect(choose(windows, ...texts)).toBe(chosen)
    expect(choose(windows, ...texts.toReversed())).toBe(chosen)
  })
})

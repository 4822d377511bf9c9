import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxInfBytes } from '../../../../images/inf/encoding.ts'
import { readInf, type Inf } from '../../../../images/inf/read-inf.ts'
import { componentInf, ethernetInf, extensionInf, graphicsInf, shortInf } from './infs.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string, language?: number): Inf => readInf(bytesOf(text), language)
const modelsOf = (inf: Inf) => inf.manufacturers.flatMap(({ sections }) => sections.flatMap(({ models }) => models))
const codesOf = (inf: Inf): string[] => inf.problems.map(({ code, line }) => `${code} ${line}`)

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

describe('an INF of a network driver', () => {
  const inf = read(ethernetInf)

  test('says what it is', () => {
    expect(inf.version).toEqual({
      signature: '$Windows NT$',
      className: 'Net',
      classGuid: '{4d36e972-e325-11ce-bfc1-08002be10318}',
      provider: 'Intel',
      date: '2024-03-21',
      driverVersion: '2.1.4.3',
      catalogFile: 'e2x.cat',
      pnpLockdown: true,
      extensionId: null,
    })
    expect(inf.problems).toEqual([])
  })

  test('keeps its sections apart by the Windows they are for, the empty ones too', () => {
    const [maker] = inf.manufacturers
    expect(maker?.sections.map(({ target, models }) => [target.build, target.productType, models.length])).toEqual([
      [null, null, 0],
      [18_362, 1, 0],
      [22_000, null, 3],
    ])
  })

  test('names its devices in French where it can, in English where not', () => {
    expect(modelsOf(inf).map(({ description }) => description)).toEqual([
      'Contrôleur Ethernet Intel(R) (3) I225-V',
      'Contrôleur Ethernet Intel(R) (3) I225-V',
      'Intel(R) Ethernet Controller I226-V "Foxville"',
    ])
    expect(modelsOf(read(ethernetInf, 0x0409))[0]?.description).toBe('Intel(R) Ethernet Controller (3) I225-V')
    expect(modelsOf(read(ethernetInf, 0x0c0c))[0]?.description).toBe('Contrôleur Ethernet Intel(R) (3) I225-V')
  })

  test('joins a continued line, and takes ids and exclusions in upper case', () => {
    expect(modelsOf(read(ethernetInf.toLowerCase())).at(-1)).toMatchObject({
      hardwareId: 'PCI\\VEN_8086&DEV_125C',
      compatibleIds: ['PCI\\VEN_8086&CC_0200'],
      excludedIds: ['PCI\\VEN_8086&DEV_125C&SUBSYS_00001849'],
      featureScore: 255,
      line: 23,
    })
  })
})

describe('encodings', () => {
  const windows1252 = Uint8Array.from(Buffer.from(ethernetInf, 'latin1'))
  test.each([
    ['utf-16le', utf16(ethernetInf, false)],
    ['utf-16be', utf16(ethernetInf, true)],
    ['utf-16le', utf16(ethernetInf, false).subarray(2)],
    ['utf-16be', utf16(ethernetInf, true).subarray(2)],
    ['utf-8', bytesOf(`\ufeff${ethernetInf}`)],
    ['utf-8', bytesOf(ethernetInf)],
    ['windows-1252', windows1252],
  ] as const)('reads %s (%#)', (encoding, bytes) => {
    const inf = readInf(bytes)
    expect(inf).toEqual({ ...read(ethernetInf), encoding })
  })

  test('reads the euro sign of code page 1252, which Latin-1 lacks', () => {
    const bytes = Uint8Array.from(Buffer.from(ethernetInf.replace('"Intel"', '"\u0080uro é"'), 'latin1'))
    expect(readInf(bytes).version.provider).toBe('€uro é')
  })
})

describe('graphics, extensions and software components', () => {
  test('a display driver names the components it creates and its feature score', () => {
    const inf = read(graphicsInf)
    expect(inf.componentIds).toEqual(['SWC\\VEN8086_IGCC'])
    expect(modelsOf(inf)).toMatchObject([{ description: 'Intel(R) Iris(R) Xe Graphics', featureScore: 0xf6 }])
  })

  test('an extension has its id and a catalogue under a decorated key', () => {
    expect(read(extensionInf).version).toMatchObject({
      className: 'Extension',
      extensionId: '{e0c5e4c3-73d8-4a4b-9b54-8bf6a05e6d2f}',
      catalogFile: 'ext.cat',
    })
  })

  test('a software component serves ids of its own bus', () => {
    expect(modelsOf(read(componentInf))).toMatchObject([{ hardwareId: 'SWC\\VEN8086_IGCC' }])
  })
})

describe('how old a driver is', () => {
  const inf = (install: string): string =>
    shortInf({ id: 'ID', driverVer: '01/02/2024,1.0.0.0', install: `DriverVer=${install}` })
  const versionOf = (text: string) => modelsOf(read(text))[0]?.driverVer

  test('is said by its own install section before [Version]', () => {
    expect(versionOf(inf('06/21/2006,6.1.7600.16385'))).toEqual({ date: '2006-06-21', driverVersion: '6.1.7600.16385' })
    expect(read(inf('06/21/2006,6.1.7600.16385')).version).toMatchObject({ date: '2024-01-02' })
    expect(versionOf(shortInf({ id: 'ID' }))).toEqual({ date: '2024-01-02', driverVersion: '1.0.0.0' })
  })

  test('is said by the section of the platform, not by the bare one', () => {
    const text = `${inf('06/21/2006,6.1')}[I.NTamd64]\nDriverVer=03/04/2025,9.0\n`
    expect(versionOf(text)).toEqual({ date: '2025-03-04', driverVersion: '9.0' })
  })

  test('is told as malformed where it stands', () => {
    expect(codesOf(read(inf('2024')))).toEqual(['INF_DRIVER_VERSION_MALFORMED 11'])
  })
})

describe('syntax', () => {
  const valueOf = (line: string): string | null => read(`[Version]\n${line}\n`).version.provider
  test.each([
    ['Provider = Intel ; comment', 'Intel'],
    ['Provider = "Intel ; not a comment"', 'Intel ; not a comment'],
    ['Provider = "Say ""oui"""', 'Say "oui"'],
    ['PROVIDER=Intel', 'Intel'],
    ['Provider = "100%%"', '100%'],
    ['Provider = \\\n  Intel', 'Intel'],
    ['Provider = \\ ; comment\n  Intel', 'Intel'],
    ['Provider = "a = b"', 'a = b'],
    ['Provider = %13%', '%13%'],
    ['Provider =', null],
    ['Provider = A\n[Manufacturer]\n[Version]\nProvider = B', 'A'],
  ])('%j reads as %j', (line, value) => {
    expect(valueOf(line)).toBe(value)
  })

  test('takes lines ended by CR LF, LF or CR', () => {
    for (const end of ['\r\n', '\r', '\n']) {
      expect(read(ethernetInf.replaceAll('\n', end))).toEqual(read(ethernetInf))
    }
  })
})

describe('problems', () => {
  const start = '[Version]\nSignature="$Windows NT$"\nDriverVer=01/02/2024,1.0.0.0\n'
  const end = '[Manufacturer]\n"M"=M\n[M]\n"D"=I,ID\n'
  test.each([
    ['', ['INF_SIGNATURE_UNKNOWN 0', 'INF_NO_MANUFACTURER 0']],
    [`x=1\n${start}${end}`, ['INF_LINE_OUTSIDE_SECTION 1']],
    [`[Version]\nSignature="$OS/2$"\n${end}`, ['INF_SIGNATURE_UNKNOWN 2']],
    [`${start}Provider=%None%\n${end}`, ['INF_STRING_UNKNOWN 4']],
    [`${start}Provider="Intel\n${end}`, ['INF_QUOTE_UNCLOSED 4']],
    [`${start}[Odd\n${end}`, ['INF_SECTION_UNCLOSED 4']],
    [`${start}Provider=${'x'.repeat(5000)}\n${end}`, ['INF_FIELD_TOO_LONG 4']],
    [`${start}${end}"Bare"=I\n`, ['INF_HARDWARE_ID_MISSING 8']],
    [`${start}[Manufacturer]\n"M"=M,NTamd64\n`, ['INF_MODELS_MISSING 5']],
    [`${start}[Manufacturer]\n"M"=M,Windows11\n`, ['INF_TARGET_MALFORMED 5']],
    ...['13/01/2024', '02/30/2024', '2024', '01/02/2024,1.2.3.4.5', '01/02/2024,70000.1'].map((driverVer) => [
      shortInf({ id: 'ID', driverVer }),
      ['INF_DRIVER_VERSION_MALFORMED 5'],
    ]),
  ] as Array<[string, string[]]>)('of %j', (text, codes) => {
    expect(codesOf(read(text))).toEqual(codes)
  })

  test('a file too large or no text is said to be so', () => {
    expect(codesOf(readInf(new Uint8Array(maxInfBytes + 1)))).toContain('INF_TOO_LARGE 0')
    expect(codesOf(readInf(new Uint8Array(64)))).toContain('INF_NOT_TEXT 0')
  })

  test('a [Manufacturer] that names one long section again and again is cut', () => {
    const text = `${start}[Manufacturer]\n${'"M"=M\n'.repeat(20_000)}[M]\n${'"D"=I,ID\n'.repeat(20_000)}`
    const inf = read(text)
    expect(modelsOf(inf)).toHaveLength(50_000)
    expect(codesOf(inf)).toContain('INF_TOO_MANY_MODELS 7')
  })
})

describe('whatever it is given', () => {
  const pieces = fc.constantFrom(
    ...['[Version]', '[Manufacturer]', '[M]', '[Strings]', '[', ']', '"', '""', '%', '%M%', ';', '\\', '=', ',', '\n'],
    ...['Signature="$Windows NT$"', '"M"=M,NTamd64.10.0...22000', 'NT.', 'DriverVer=', '1/1/2024', ' ', 'é', '\0'],
  )
  test('answers text with what it could read, and never throws', () => {
    const soup = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 80 })
    fc.assert(
      fc.property(soup, (parts) => {
        const inf = read(parts.join(''))
        expect(inf.problems.every(({ line }) => line >= 0)).toBe(true)
      }),
    )
  })

  test('answers bytes as well', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readInf(bytes).problems.length).toBeLessThanOrEqual(100)
      }),
    )
  })

  test('gives back every name and id that was written, quoted', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((value) => value.replace(/[\p{Cc}\p{Cs}\ufeff]/gu, '_').replace(/^\s+$/, '_'))
    const id = fc.stringMatching(/^PCI\\VEN_[0-9A-F]{4}&DEV_[0-9A-F]{4}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(text, id), { minLength: 1, maxLength: 20 }), (devices) => {
        const quoted = (value: string): string => `"${value.replaceAll('"', '""').replaceAll('%', '%%')}"`
        const lines = devices.map(([name, hardwareId]) => `${quoted(name)} = I, ${hardwareId}`)
        const inf = read(`[Manufacturer]\n"M"=M,NTamd64\n[M.NTamd64]\n${lines.join('\n')}\n`)
        expect(modelsOf(inf).map((model) => [model.description, model.hardwareId])).toEqual(devices)
      }),
    )
  })
})

describe('what setupapi makes of odd text', () => {
  const model = '"One" = I, PCI\\VEN_8086&DEV_15F3\n'
  const head = `[Version]\nSignature="$Windows NT$"\nClass=Net\nProvider="M"\nDriverVer=01/02/2024,1.2.3.4\n[Manufacturer]\n"M"=M,NTamd64\n[M.NTamd64]\n`
  const one = (text: string) => {
    const inf = read(text)
    expect(codesOf(inf)).toEqual([])
    return modelsOf(inf)
  }

  test('a continued line is joined without a blank', () => {
    for (const end of ['\\', ' \\', '\t\\\\ ; comment'])
      expect(one(`${head}"One" = I, PCI\\VEN_8086${end}\n &DEV_15F3\n[I.NT]\n`)).toMatchObject([
        { hardwareId: 'PCI\\VEN_8086&DEV_15F3' },
      ])
  })

  test('of a string defined twice the first counts; one without a value stands for itself', () => {
    const named = (strings: string) => one(`${head}%Name% = I, PCI\\VEN_8086&DEV_15F3\n[I.NT]\n[Strings]\n${strings}`)
    expect(named('Name="One"\nOther="X"\nname="Two"\n')).toMatchObject([{ description: 'One' }])
    expect(named('Name="One"\n[Strings]\nName="Two"\n[Strings.040C]\nName="Un"\nName="Deux"\n')).toMatchObject([
      { description: 'Un' },
    ])
    expect(named('Name\t; nothing more\n')).toMatchObject([{ description: 'Name' }])
  })

  test('Ctrl-Z ends it, NUL is a blank', () => {
    expect(one(`${head}${model}\u001a\n"Two" = I, PCI\\VEN_8086&DEV_15F4\n`)).toHaveLength(1)
    expect(one(`${head}${model.replace('I, ', 'I,\0')}[I.NT]\n; end\0\n`)).toMatchObject([
      { hardwareId: 'PCI\\VEN_8086&DEV_15F3' },
    ])
  })

  test('a semicolon in the name of a section begins no comment', () => {
    const text = head.replace('"M"=M,', '"M"="M;1",').replace('[M.NTamd64]', '[M;1.NTamd64] ; the models')
    expect(one(`${text}${model}`)).toHaveLength(1)
  })

  test.each([
    ['x80', 0x80],
    ['0x80', 0x80],
    ['80', 0x80],
    ['xFD', 0xfd],
  ])('FeatureScore=%s is hexadecimal', (score, expected) => {
    expect(one(`${head}${model}[I.NT]\nFeatureScore=${score}\n`)).toMatchObject([{ featureScore: expected }])
  })
})

import { makeProgram, type WantedProgram } from '../pe/make-program.ts'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const texts = (values: Record<string, string>): WantedProgram => ({ texts: { 0x0409: values }, version: '2.5.0.0' })

/** The 44 bytes that Inno's compiler fills in, with where the set-up data begins. */
export function innoTable(dataOffset: number): Buffer {
  const table = Buffer.alloc(44)
  table.write('rDlPtS\xcd\xe6\xd7{\x0b*', 0, 'latin1')
  table.writeUInt32LE(1, 12)
  table.writeUInt32LE(dataOffset, 32)
  return table
}

export const bundleId = '{3F2504E0-4F89-41D3-9A0C-0305E82C3301}'

function burnSection(): Buffer {
  const section = Buffer.alloc(64)
  section.writeUInt32LE(0x00f14300, 0)
  section.writeUInt32LE(2, 4)
  section.set(Buffer.from('e004253f894fd3419a0c0305e82c3301', 'hex'), 8)
  return section
}

function inno(): Buffer {
  const empty = makeProgram({ resources: [{ type: 10, name: 11111, bytes: innoTable(1) }] })
  const data = latin('Inno Setup Setup Data (6.3.0) (u)'.padEnd(64, '\0'))
  return Buffer.concat([makeProgram({ resources: [{ type: 10, name: 11111, bytes: innoTable(empty.length) }] }), data])
}

/** Installers made here with the true marks of their families and nothing else of them. */
export const madeInstallers: Readonly<Record<string, Buffer>> = {
  inno: inno(),
  burn: makeProgram({ section: { name: '.wixburn', bytes: burnSection() } }),
  installshield: makeProgram({ ...texts({ ProductName: 'Caisse' }), overlay: latin('ISSetupStream\0\x01\0') }),
  'installshield-by-version': makeProgram(texts({ ProductName: 'Caisse', ISInternalDescription: 'Setup Launcher' })),
  'advanced-installer': makeProgram({
    ...texts({ ProductName: 'Compta' }),
    overlay: Buffer.concat([latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), Buffer.alloc(5000), latin('ADVINSTSFX\0\0')]),
  }),
  'msi-inside': makeProgram({
    resources: [{ type: 10, name: 'MSI', bytes: latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....') }],
  }),
  'sfx-that-starts': makeProgram({
    overlay: latin(';!@Install@!UTF-8!\r\nRunProgram="setup.exe"\r\n;!@InstallEnd@!7z\xbc\xaf\x27\x1c'),
  }),
  'sfx-that-unpacks': makeProgram({ overlay: latin('7z\xbc\xaf\x27\x1c\0\x04') }),
  squirrel: makeProgram({ resources: [{ type: 'DATA', name: 131, bytes: latin('PK\x03\x04....') }] }),
  chromium: makeProgram({ resources: [{ type: 'B7', name: 'CHROME.PACKED.7Z', bytes: latin('7z....') }] }),
  omaha: makeProgram({ resources: [{ type: 'B', name: 102, bytes: latin(']\0\0....') }] }),
  winrar: makeProgram({ overlay: latin('Rar!\x1a\x07\x01\0') }),
  iexpress: makeProgram({
    resources: [
      { type: 10, name: 'CABINET', bytes: latin('MSCF....') },
      { type: 10, name: 'RUNPROGRAM', bytes: latin('setup.exe\0') },
    ],
  }),
  unknown: makeProgram(texts({ ProductName: 'Un programme qui parle de Nullsoft et de rDlPtS' })),
}

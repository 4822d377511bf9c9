import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFromPackage } from '../../agent/windows/build/pinned-package.ts'
import { innoTable } from '../unit/images/installers/made-installers.ts'

const cache = join(import.meta.dirname, '../.cache')

/** Packages of npm that carry programs for Windows; only fetched, never run, and none of them comes with the product. */
const packages = {
  squirrel: {
    package: 'electron-winstaller',
    version: '5.4.4',
    integrity: 'sha512-j9ETcBGJaXxAY/b6UBpR7LZfjdU4BAO+yvr4ifqHEdyuc3UNCy91PDGkWKY5UQ4coHNYfnwFggrqD6QPeFGAlg==',
  },
  sevenZip: {
    package: '7zip',
    version: '0.0.6',
    integrity: 'sha512-ns8vKbKhIQm338AeWo/YdDSWil3pldwCMoyR2npoM2qDAzF8Vuko8BtDxpNt/wE15SXOh5K5WbjSLR4kTOAHLA==',
  },
  inno: {
    package: 'innosetup',
    version: '6.4.1',
    integrity: 'sha512-Bh/dNlyyFsFKBGoTf19n1msPnm4Njfb0CWVirw2CV1MSJXYy0ajRI+xjo/Yr9DtZFLLafhnwm1ZsxTu309F8lQ==',
  },
  olderInno: {
    package: 'innosetup-compiler',
    version: '6.3.1',
    integrity: 'sha512-Qynw7Xjv7ZN/beBvS7Kt+QL50Q/Zbf7cJDHZmxmwNbxqgZEWCZ+5tggC6naF4ij/9PqRfpvDP1ecZLFwusu6Lw==',
  },
} as const

/** A file of one of them, fetched once. */
export async function fileOf(from: keyof typeof packages, path: string): Promise<Buffer> {
  return Buffer.from(await readFromPackage(cache, packages[from], path, AbortSignal.timeout(60_000)))
}

/**
 * An installer as Inno's compiler would put it together, from its genuine loader: the compiler itself is a program for
 * Windows of 32 bits, which does not run here. Set-up data of that version follows, as far as its first line.
 */
export async function assembleInno(from: 'inno' | 'olderInno', version: string): Promise<Buffer> {
  const loader = await fileOf(from, 'bin/SetupLdr.e32')
  const table = placeOfTable(loader)
  innoTable(loader.length).copy(loader, table)
  return Buffer.concat([loader, Buffer.from(`Inno Setup Setup Data (${version})`.padEnd(64, '\0'), 'latin1')])
}

/** The empty table of the loader: the only resource 11111, whose entry in the tree of resources leads to it. */
function placeOfTable(loader: Buffer): number {
  const view = new DataView(loader.buffer, loader.byteOffset, loader.length)
  const header = view.getUint32(0x3c, true)
  const count = view.getUint16(header + 6, true)
  const first = header + 24 + view.getUint16(header + 20, true)
  const sections = Array.from({ length: count }, (_, index) => first + 40 * index)
  const resources = sections.find((at) => loader.toString('latin1', at, at + 5) === '.rsrc') ?? 0
  const [address, offset] = [view.getUint32(resources + 12, true), view.getUint32(resources + 20, true)]
  // Kind 10, then 11111, then the only language: numbers 8 bytes apart behind 16 of heading.
  const within = (directory: number, wanted: number | null): number => {
    const entries = view.getUint16(directory + 12, true) + view.getUint16(directory + 14, true)
    for (let index = 0; index < entries; index += 1) {
      const entry = directory + 16 + 8 * index
      if (wanted === null || view.getUint32(entry, true) === wanted)
        return offset + (view.getUint32(entry + 4, true) & 0x7fff_ffff)
    }
    throw new Error(`the loader has no resource ${wanted}`)
  }
  return offset + view.getUint32(within(within(within(offset, 10), 11_111), null), true) - address
}

/** What makensis, Debian's, makes of a script like those of real products. */
export function buildNsis(folder: string, options: { compressor: string; level: string; target: string }): Buffer {
  const { compressor, level, target } = options
  const script = `Unicode true
Target ${target}
SetCompressor ${compressor}
Name "Outil"
OutFile "outil.exe"
RequestExecutionLevel ${level}
VIProductVersion "3.2.1.0"
VIAddVersionKey /LANG=1036 "ProductName" "Outil de l’atelier"
VIAddVersionKey /LANG=1036 "CompanyName" "Établi"
VIAddVersionKey /LANG=1036 "FileVersion" "3.2.1"
VIAddVersionKey /LANG=1036 "FileDescription" "x"
VIAddVersionKey /LANG=1036 "LegalCopyright" "x"
Section
SetOutPath "$INSTDIR"
File outil.nsi
SectionEnd
`
  writeFileSync(join(folder, 'outil.nsi'), `\ufeff${script}`)
  execFileSync('makensis', ['-V1', 'outil.nsi'], { cwd: folder, stdio: 'ignore' })
  return readFileSync(join(folder, 'outil.exe'))
}

/** 7-Zip's self-extractor for Windows and an archive behind it, put together as its help says: `copy /b`. */
export async function buildSfx(folder: string, heading: string): Promise<Buffer> {
  const archive = join(folder, 'x.7z')
  execFileSync('7zz', ['a', '-bso0', archive, import.meta.filename])
  const sfx = await fileOf('sevenZip', '7zip-lite/7z.sfx')
  return Buffer.concat([sfx, Buffer.from(heading), readFileSync(archive)])
}

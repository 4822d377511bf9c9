import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeFont, doubleFont, encodeFont } from './console-font.ts'
import { addScreenGlyphs } from './screen-glyphs.ts'

/** Writes the screen's fonts, 16x8, 32x16 and 64x32 (rows x columns), made from Debian's Terminus, into each of the folders. */
export async function installFonts(unpacked: string, folders: readonly string[]): Promise<void> {
  const read = async (name: string) => {
    const compressed = await readFile(join(unpacked, 'usr/share/consolefonts', `Uni2-TerminusBold${name}.psf.gz`))
    return addScreenGlyphs(decodeFont(gunzipSync(compressed)))
  }
  const fonts = [await read('16'), await read('32x16')]
  const largest = fonts.at(-1)
  if (largest) fonts.push(doubleFont(largest))
  for (const folder of folders) {
    await mkdir(folder, { recursive: true })
    for (const font of fonts) await writeFile(join(folder, `${font.height}x${font.width}.psf`), encodeFont(font))
  }
}

/**
 * Where Node keeps the program of a single executable: a magic number, flags in 4 bytes, in newer Nodes one more, then
 * the main file's name and its text, each with its length in 8 bytes (src/node_sea.cc, `SeaSerializer`).
 */
const magic = Buffer.from([0x20, 0xda, 0x43, 0x01])

/** The JavaScript in an `etabli-agent.exe`: what Windows would run of it, a Node elsewhere runs as well. */
export function programOf(executable: Buffer): string {
  // The magic number stands in Node's own code, too; what follows it there is no name.
  for (let at = executable.lastIndexOf(magic); at >= 0; at = executable.lastIndexOf(magic, at - 1)) {
    for (const start of [at + 8, at + 9]) {
      const name = textAt(executable, start)
      if (name === null || !/^[\w.-]{1,64}$/.test(name.text)) continue
      const code = textAt(executable, name.end)
      if (code !== null) return code.text
    }
  }
  throw new Error('the executable carries no program')
}

function textAt(bytes: Buffer, at: number): { text: string; end: number } | null {
  if (at + 8 > bytes.length) return null
  const end = BigInt(at + 8) + bytes.readBigUInt64LE(at)
  // No name and no program is as long as the runtime around it.
  if (end > BigInt(Math.min(bytes.length, at + 32 * 2 ** 20))) return null
  return { text: bytes.toString('utf8', at + 8, Number(end)), end: Number(end) }
}

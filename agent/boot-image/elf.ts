/**
 * The part of a 64-bit little-endian ELF program that is loaded into memory: symbols and debugging information lie behind it and are
 * left out, as strip(1) does. Format: System V ABI, chapters 4 and 5. A file of another kind comes back as it is.
 */
export function withoutSymbols(program: Buffer): Buffer {
  const isElf64 = program.length > 64 && program.readUInt32BE(0) === 0x7f454c46 && program[4] === 2 && program[5] === 1
  if (!isElf64) return program
  const [tableOffset, entrySize, entries] = [
    Number(program.readBigUInt64LE(32)),
    program.readUInt16LE(54),
    program.readUInt16LE(56),
  ]
  let end = tableOffset + entrySize * entries
  for (let index = 0; index < entries; index += 1) {
    const entry = tableOffset + index * entrySize
    // p_offset and p_filesz of every segment, whatever its type.
    end = Math.max(end, Number(program.readBigUInt64LE(entry + 8)) + Number(program.readBigUInt64LE(entry + 32)))
  }
  const stripped = Buffer.from(program.subarray(0, end))
  // The section table (e_shoff, e_shnum, e_shstrndx) lay behind as well; running a program does not need it.
  stripped.writeBigUInt64LE(0n, 40)
  stripped.writeUInt32LE(0, 60)
  return stripped
}

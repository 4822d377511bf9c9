import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withoutSymbols } from '../../../../agent/boot-image/elf.ts'

test('leaves a program that still runs, shorter than with its symbols', () => {
  const folder = mkdtempSync(join(tmpdir(), 'etabli-elf-'))
  try {
    const program = readFileSync(process.execPath)
    const stripped = withoutSymbols(program)
    const file = join(folder, 'node')
    writeFileSync(file, stripped)
    chmodSync(file, 0o755)
    expect(stripped.length).toBeLessThan(program.length)
    expect(execFileSync(file, ['--print', '6 * 7'], { encoding: 'utf8' }).trim()).toBe('42')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('leaves what is no 64-bit ELF program as it is', () => {
  const script = Buffer.from('#!/bin/sh\n'.repeat(20))
  expect(withoutSymbols(script)).toBe(script)
})

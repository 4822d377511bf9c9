import { chmodSync, existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, posix, win32 } from 'node:path'
import type { NewFile } from './call.ts'

/**
 * Puts files where they belong in Windows; where the tests play it on Linux, below `ETABLI_DRIVE_C`.
 *
 * @param own - the stand-in's own file, which a program is one more name of
 */
export function putFiles(files: readonly NewFile[], own: string): void {
  for (const { path, content } of files) {
    const target = placeOf(path)
    mkdirSync(dirname(target), { recursive: true })
    if (content !== 'program') writeFileSync(target, content.text)
    else if (!existsSync(target)) putProgram(target, own)
  }
}

/** A path that the agent has made here from a variable (`windowsPath`) has led to its place already. */
function placeOf(path: string): string {
  if (process.platform === 'win32' || path.startsWith('/')) return path
  return join(process.env['ETABLI_DRIVE_C'] ?? '/', unixPath(path))
}

function putProgram(target: string, own: string): void {
  if (process.platform === 'win32') return linkSync(own, target)
  writeFileSync(target, wrapper(own, basename(target)))
  chmodSync(target, 0o755)
}

/** A shell script that is a stand-in by this name. `program` may hold `$0`. */
export function wrapper(program: string, name: string): string {
  return ['#!/bin/sh', `exec "\${ETABLI_NODE:-node}" "${program}" ${name} "$@"`, ''].join('\n')
}

function unixPath(path: string): string {
  return path
    .replace(/^[A-Za-z]:/, '')
    .split(win32.sep)
    .join(posix.sep)
}

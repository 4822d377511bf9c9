import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleProgram } from '../../agent/windows/build/program-blob.ts'
import { programs } from './answer.ts'
import { wrapper } from './new-files.ts'

/** Every name the stand-in can go by. */
export const programNames: readonly string[] = [...programs.keys()]

/**
 * Makes `target` a folder of executables of these names for Linux, to be put first in `PATH`: a wrapper each around one
 * bundled program, which needs nothing but `node` there (`ETABLI_NODE` says where, when it is not in `PATH`). Their
 * machine is in `ETABLI_STAND_IN`, else in `target/machine`.
 */
export async function standInFolder(target: string, names: readonly string[] = programNames): Promise<void> {
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'stand-in.cjs'), await bundleProgram(join(import.meta.dirname, 'stand-in.ts')))
  for (const name of names) {
    writeFileSync(join(target, name), wrapper('${0%/*}/stand-in.cjs', name))
    chmodSync(join(target, name), 0o755)
  }
}

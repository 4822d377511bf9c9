import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** Plays one of our PowerShell scripts: what it would send as its result in this Windows. */
export type ScriptPlayer = (machine: Machine, input: Record<string, unknown>) => Answer

/** By the name in the second line of the script. */
export const scripts: ReadonlyMap<string, ScriptPlayer> = new Map<string, ScriptPlayer>([])

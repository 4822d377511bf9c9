import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Exec } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError } from '../../runtime/step.ts'
import { servicingWatch } from '../system/servicing-watch.ts'
import type { PackInf } from './pack-files.ts'
import { publishedName, verdictOf, type InfVerdict } from './pnputil.ts'
import { ReportedDevice } from './problem-devices.ts'

/** One INF that was tried. `code` is PnPUtil's return value, null when it hung and was ended. */
export const TriedInf = Type.Object({
  pack: Type.String(),
  inf: Type.String(),
  code: Type.Union([Type.Integer(), Type.Null()]),
  published: Type.Union([Type.String(), Type.Null()]),
})
export type TriedInf = Static<typeof TriedInf>

/** What the step has to know after a restart. */
const Memory = Type.Object({ before: Type.Array(ReportedDevice), tried: Type.Array(TriedInf) })
export type DriverMemory = Static<typeof Memory>

/** Null at the first start, and for a memory of another version. */
export function readDriverMemory(memory: unknown): DriverMemory | null {
  return Value.Check(Memory, memory) ? memory : null
}

/** What became of one that was tried. */
export function verdictOfTried({ code }: TriedInf): InfVerdict {
  return code === null ? 'failed' : verdictOf(code)
}

/** A driver that sets up a large device writes to its log all the while; firmware drivers take some minutes. */
const stalledAfterMs = 20 * 60_000

/** One INF into the driver store and onto the devices it serves. Throws StepError WINDOWS_PROGRAM_MISSING. */
export async function installInf(exec: Exec, { pack, inf, file }: PackInf): Promise<TriedInf> {
  const end = await exec('pnputil.exe', ['/add-driver', file, '/install'], { watch: servicingWatch(stalledAfterMs) })
  if (end.kind === 'missing') throw new StepError(failure('WINDOWS_PROGRAM_MISSING', { program: 'pnputil.exe' }))
  const code = end.kind === 'exited' ? end.code : null
  return { pack, inf, code, published: publishedName(end.stdout) }
}

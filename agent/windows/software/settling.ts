import type { SoftwareManifest } from '../../../images/software/manifest.ts'
import type { StepContext } from '../../runtime/step.ts'
import type { WindowsDependencies } from '../dependencies.ts'
import type { Finding } from './detection.ts'
import { readSign } from './effort.ts'
import type { Tell } from './package.ts'
import { detect } from './presence.ts'
import { lookedAt, lookEveryMs, stirring } from './sign-of-life.ts'

/** Nothing that an installer started works any more once all of it has been still for so long. */
const quietMs = 60_000

/**
 * Looks whether a package is there, again and again while what its set-up program started still works: many a set-up
 * program unpacks another one, starts it and ends at once (Chrome's, Office's, web installers). Its processes, those of
 * Windows Installer and the manifest's rule are looked at; `pid` is that of the program that has ended.
 */
export async function waitUntilThere(
  context: StepContext,
  dependencies: WindowsDependencies,
  { name, detect: rule }: SoftwareManifest,
  { pid, stalledAfterMs, tell }: { pid: number | null; stalledAfterMs: number; tell: Tell },
): Promise<Finding> {
  const enoughMs = Math.min(quietMs, stalledAfterMs)
  const everyMs = lookEveryMs(enoughMs)
  for (let still = stirring; ;) {
    const finding = await detect(context, dependencies, rule)
    if (finding.there) return finding
    still = lookedAt(still, await readSign(context, dependencies, pid), everyMs)
    if (still.stillMs >= enoughMs) return finding
    tell(`${name} : son installation se termine`, `${name}: its installation is coming to an end`, null)
    await context.clock.sleep(everyMs, context.signal)
  }
}

import { installOrder } from '../../images/software/needs.ts'
import { oneLine } from './foreign-text.ts'
import { field, fieldValues, guidOf } from './list-file.ts'
import { remark, type Remark } from './remarks.ts'
import type { Outcome } from './report.ts'
import type { Application, Installing } from './application.ts'

/** Bundles of bundles, for as long as somebody made them. */
const deepestBundle = 64

/** As many as a manifest may name. */
const mostNeeds = 32

/** Puts dependencies into manifests: what MDT installed before an application, bundles opened. */
export function withNeeds(found: Map<string, Application>): ReadonlyMap<string, Application> {
  const known = new Map<string, { needs?: string[] }>()
  for (const { installing } of found.values()) if (installing.by === 'package') known.set(installing.id, {})
  for (const [guid, application] of found) {
    const { installing, entry } = application
    if (installing.by !== 'package') continue
    const asked = fieldValues(entry, 'Dependency').slice(0, mostNeeds).map(guidOf)
    const ids = [...new Set(asked.flatMap((one) => packagesOf(one, found)))].filter((id) => id !== installing.id)
    const gone = asked.filter((one) => packagesOf(one, found).length === 0).map((one) => nameFor(one, found))
    const needs: string[] = []
    const closing: string[] = []
    for (const id of ids.slice(0, mostNeeds)) {
      known.set(installing.id, { needs: [...needs, id] })
      // A circle closes with the entry that comes last in MDT's list.
      if (installOrder([installing.id], known).ok) needs.push(id)
      else closing.push(id)
    }
    known.set(installing.id, needs.length > 0 ? { needs } : {})
    const circle = oneLine([installing.id, ...closing].join(', '))
    const reasons = [
      ...(gone.length === 0 ? [] : [remark('MDT_APPLICATION_NEEDS_GONE', { names: oneLine(gone.join(', ')) })]),
      ...(closing.length === 0 ? [] : [remark('MDT_APPLICATION_NEEDS_CIRCLE', { names: circle })]),
    ]
    found.set(guid, {
      ...application,
      installing: { ...installing, manifest: { ...installing.manifest, ...(needs.length > 0 ? { needs } : {}) } },
      outcome: withReasons(application.outcome, reasons),
    })
  }
  return found
}

function withReasons(outcome: Outcome, reasons: readonly Remark[]): Outcome {
  if (reasons.length === 0 || !('as' in outcome)) return outcome
  return { verdict: 'look', as: outcome.as, because: [...outcome.because, ...reasons] }
}

function nameFor(guid: string, found: ReadonlyMap<string, Application>): string {
  const entry = found.get(guid)?.entry
  return entry === undefined ? guid : field(entry, 'Name')
}

/** Ids of the packages that installing this comes to, bundles opened; each bundle once, so a circle of them ends. */
export function packagesOf(guid: string, found: ReadonlyMap<string, Application>): string[] {
  return installingsOf(guid, found).flatMap((one) => (one.by === 'package' ? [one.id] : []))
}

/** All that installing this comes to, in MDT's order: what a bundle depends on, else the application itself. */
export function installingsOf(
  guid: string,
  found: ReadonlyMap<string, Application>,
  seen: Set<string> = new Set(),
  depth = 0,
): Installing[] {
  if (seen.has(guid) || depth > deepestBundle) return []
  seen.add(guid)
  const installing = found.get(guid)?.installing ?? { by: 'nothing' }
  if (installing.by === 'nothing') return []
  if (installing.by !== 'bundle') return [installing]
  return installing.guids.flatMap((one) => installingsOf(one, found, seen, depth + 1))
}

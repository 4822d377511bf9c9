import type { SoftwareManifest } from './manifest.ts'

export type NeedsProblem =
  /** `name` needs `needs`, which nobody has. */
  | { readonly code: 'NEEDS_UNKNOWN'; readonly name: string; readonly needs: string }
  /** Each needs the next one, the last the first. */
  | { readonly code: 'NEEDS_CIRCLE'; readonly circle: readonly string[] }

export type InstallOrder =
  { readonly ok: true; readonly order: readonly string[] } | { readonly ok: false; readonly problem: NeedsProblem }

type Needing = Pick<SoftwareManifest, 'needs'>

/**
 * The packages asked for and all they need, each once, what is needed before what needs it; in the order asked for
 * where needs leave a choice. The asked for have to be among the known.
 */
export function installOrder(asked: readonly string[], known: ReadonlyMap<string, Needing>): InstallOrder {
  const order: string[] = []
  const done = new Set<string>()
  const visit = (id: string, way: readonly string[]): NeedsProblem | null => {
    if (done.has(id)) return null
    const start = way.indexOf(id)
    if (start >= 0) return { code: 'NEEDS_CIRCLE', circle: way.slice(start) }
    const manifest = known.get(id)
    if (manifest === undefined) return { code: 'NEEDS_UNKNOWN', name: way.at(-1) ?? id, needs: id }
    for (const needed of manifest.needs ?? []) {
      const problem = visit(needed, [...way, id])
      if (problem !== null) return problem
    }
    done.add(id)
    order.push(id)
    return null
  }
  for (const id of asked) {
    const problem = visit(id, [])
    if (problem !== null) return { ok: false, problem }
  }
  return { ok: true, order }
}

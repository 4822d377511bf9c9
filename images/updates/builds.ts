/** A Windows as `winver` names it: 26100.6584. */
export type WindowsBuild = { readonly build: number; readonly revision: number }

/**
 * `26100.6584`, as the Microsoft Update Catalog puts it behind a title and Microsoft's release notes call it, `10.0.` before
 * it or the package's own counting behind it; not a part of a longer version.
 */
const named = /(?<![\d.])(?:10\.0\.)?(\d{5})\.(\d{1,5})(?!\d)/g

/** The builds that names tell, each with its highest revision: one update brings several builds to the same one. Pure. */
export function readBuilds(...names: readonly string[]): WindowsBuild[] {
  const found = names.flatMap((name) =>
    [...name.matchAll(named)].map(([, build, revision]) => ({ build: Number(build), revision: Number(revision) })),
  )
  return highest(found)
}

/** Of each build the one with the highest revision, in the order they came first. Pure. */
export function highest<Known extends WindowsBuild>(all: readonly Known[]): Known[] {
  const byBuild = new Map<number, Known>()
  for (const one of all) {
    const before = byBuild.get(one.build)
    if (before === undefined || one.revision > before.revision) byBuild.set(one.build, one)
  }
  return [...byBuild.values()]
}

/** `26100.6584`. */
export function buildText({ build, revision }: WindowsBuild): string {
  return `${build}.${revision}`
}

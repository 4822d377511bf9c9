import { infMistake } from '../../../images/inf/problem.ts'
import { secretReferences } from '../../../images/software/secret-names.ts'
import { buildText } from '../../../images/updates/builds.ts'
import { unfitFor } from '../../../images/updates/fit.ts'
import type { FileProblem } from '../../../text/yaml/problem.ts'
import type { DriverPackEntry } from '../../catalogue/drivers/driver-packs.ts'
import type { ProfileEntry } from '../../catalogue/profiles/profiles.ts'
import type { ServedModel } from '../../catalogue/drivers/served-models.ts'
import type { SoftwareEntry } from '../../catalogue/software/software.ts'
import type { UpdateEntry } from '../../catalogue/updates/updates.ts'
import type { Uses } from '../../catalogue/materials/used-by.ts'
import type { DriverPackView, FileProblemView, ProfileView, SoftwareView, UpdateView } from './schema.ts'

/** A vendor's pack may have an odd line in each of a hundred INFs. */
const mostRemarks = 30

/** A package, with the names of the sequences that take it. */
export function presentSoftware(entry: SoftwareEntry, uses: Uses): SoftwareView {
  const { id, origin, manifest, state, folder, files, problems } = entry
  const { source, installer } = manifest ?? {}
  return {
    id,
    name: manifest?.name ?? id,
    version: manifest?.version ?? null,
    origin,
    state: state.kind,
    folder,
    installer: installer
      ? { kind: installer.kind, file: installer.file, found: state.kind === 'ready' ? state.installer : null }
      : null,
    source: source ? { where: source.where, url: source.url ?? null } : null,
    candidates: state.kind === 'installer-ambiguous' ? [...state.paths] : [],
    needs: manifest?.needs ?? [],
    shortcut: manifest?.shortcut?.name ?? null,
    reports: (manifest?.reports ?? []).map(({ title }) => title),
    secrets: [...new Set(secretReferences(manifest).map(({ name }) => name))],
    files: files.length,
    sizeBytes: sizeOf(files),
    usedBy: [...(uses.get(id) ?? [])],
    problems: problems.map(presentProblem),
  }
}

/** A driver pack, with what it would drive of the workshop's models. */
export function presentPack(entry: DriverPackEntry, folder: string, serves: ServedModel[]): DriverPackView {
  const { name, description, pack, files, problems } = entry
  const { models, drivers } = pack
  const dates = drivers.map(({ date }) => date ?? '').filter((date) => date !== '')
  return {
    name,
    description,
    folder,
    models: models.map(({ manufacturer, product }) => ({ manufacturer, product })),
    infs: drivers.length,
    deviceIds: new Set(drivers.flatMap(({ hardwareIds }) => hardwareIds)).size,
    newest: dates.toSorted().at(-1) ?? null,
    files: files.length,
    sizeBytes: sizeOf(files),
    serves,
    problems: problems.map(presentProblem),
    remarks: pack.problems.slice(0, mostRemarks).map(({ inf, line, code, subject }) => ({
      ...{ inf, line },
      message: infMistake(code, { subject }).message,
    })),
    remarkCount: pack.problems.length,
  }
}

/** An update package. */
export function presentUpdate({ id, title, target, builds, files, problems }: UpdateEntry): UpdateView {
  const { file, windows, architecture, servicingStack } = target
  return {
    ...{ id, title, file, windows, architecture, servicingStack, builds: builds.map(buildText) },
    usable: problems.length === 0 && unfitFor(target, null) === null,
    problems: problems.map(presentProblem),
    files: files.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
    sizeBytes: sizeOf(files),
  }
}

/** A debloat profile, with the names of the sequences that take it. */
export function presentProfile({ id, origin, version, profile, problems }: ProfileEntry, uses: Uses): ProfileView {
  const items = profile?.items ?? []
  return {
    ...{ id, origin, version },
    name: profile?.name ?? id,
    description: profile?.description ?? null,
    items: items.map(({ kind, name, title, why }) => ({ kind, name, title: title ?? null, why })),
    usedBy: [...(uses.get(id) ?? [])],
    problems: problems.map(presentProblem),
  }
}

function presentProblem({ code, message, line, column }: FileProblem): FileProblemView {
  return { code, message, line, column }
}

function sizeOf(files: ReadonlyArray<{ sizeBytes: number }>): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

import { join } from 'node:path'
import { findInstaller } from '../../../images/software/find-installer.ts'
import { softwareId, type SoftwareManifest } from '../../../images/software/manifest.ts'
import { installOrder } from '../../../images/software/needs.ts'
import { parseManifest } from '../../../images/software/parse-manifest.ts'
import { materialMistake } from '../../../images/material-problems.ts'
import { ofWholeFile, type FileProblem } from '../../../text/yaml/problem.ts'
import { contentProblem } from '../files/file-content.ts'
import { listFolders, listTree, type FileTree, type ListedFile } from '../files/file-tree.ts'
import { listYaml, readText } from '../files/yaml-files.ts'

/** A software package of the catalogue, and whether a run can take it. */
export type SoftwareEntry = {
  id: string
  /** Whose manifest it is: ours, or the workshop's own beside the installer. */
  origin: 'shipped' | 'own'
  /** Where its installer lies, or belongs. */
  folder: string
  /** Null when it cannot be read. */
  manifest: SoftwareManifest | null
  state:
    | { kind: 'ready'; installer: string }
    | { kind: 'installer-missing' }
    | { kind: 'installer-ambiguous'; paths: readonly string[] }
    | { kind: 'invalid' }
  problems: FileProblem[]
  /** Everything in its folder but the manifest. */
  files: ListedFile[]
}

const manifestName = 'manifest.yaml'

/** Every package: those that come with the product, and those of the workshop's folder. */
export async function readSoftware(shipped: string, own: string, signal: AbortSignal): Promise<SoftwareEntry[]> {
  const shippedIds = new Set(await listYaml(shipped))
  const ids = new Set([...shippedIds, ...(await listFolders(own))])
  const entries: SoftwareEntry[] = []
  for (const id of [...ids].sort()) {
    const folder = join(own, id)
    const tree = await listTree(folder, signal)
    const ownText = await readText(join(folder, manifestName))
    const shippedText = shippedIds.has(id) ? await readText(join(shipped, `${id}.yaml`)) : null
    entries.push(
      entryOf({ id, folder, tree, text: ownText ?? shippedText, isOwn: ownText !== null || !shippedIds.has(id) }),
    )
  }
  return withNeeds(await Promise.all(entries.map(withSoundInstaller)))
}

type Found = { id: string; folder: string; tree: FileTree; text: string | null; isOwn: boolean }

/** What one folder and its manifest come to; needs of other packages aside. */
function entryOf({ id, folder, tree, text, isOwn }: Found): SoftwareEntry {
  const parsed = text === null ? null : parseManifest(text)
  const manifest = parsed?.ok === true ? parsed.value : null
  const problems = [
    ...(softwareId.test(id) ? [] : [ofWholeFile(materialMistake('FILE_FOLDER_NAME', { name: id }))]),
    ...(parsed === null ? [ofWholeFile(materialMistake('FILE_MISSING', { file: `${id}/${manifestName}` }))] : []),
    ...(parsed?.ok === false ? parsed.problems : []),
    ...(tree.unread === null ? [] : [ofWholeFile(materialMistake('FILE_NOT_READ', { reason: tree.unread }))]),
    ...tree.unsafe.map((path) => ofWholeFile(materialMistake('FILE_NAME_UNSAFE', { path }))),
  ]
  const files = tree.files.filter(({ path }) => path !== manifestName)
  const origin = isOwn ? 'own' : 'shipped'
  return { id, origin, folder, manifest, files, problems, state: stateOf(manifest, files, problems) }
}

function stateOf(
  manifest: SoftwareManifest | null,
  files: readonly ListedFile[],
  problems: readonly FileProblem[],
): SoftwareEntry['state'] {
  if (manifest === null || problems.length > 0) return { kind: 'invalid' }
  const installer = findInstaller(
    manifest.installer.file,
    files.map(({ path }) => path),
  )
  if (installer.found === 'none') return { kind: 'installer-missing' }
  if (installer.found === 'several') return { kind: 'installer-ambiguous', paths: installer.paths }
  return { kind: 'ready', installer: installer.path }
}

/** A package is also invalid when its installer is not what the manifest says that it is. */
async function withSoundInstaller(entry: SoftwareEntry): Promise<SoftwareEntry> {
  const { state, manifest, folder, files, problems } = entry
  const installer = state.kind === 'ready' ? files.find(({ path }) => path === state.installer) : undefined
  if (installer === undefined || manifest === null) return entry
  const problem = await contentProblem(folder, installer, manifest.installer.kind)
  return problem === null ? entry : { ...entry, problems: [...problems, problem], state: { kind: 'invalid' } }
}

/** A package is also invalid when it needs one that does not exist, or in the end itself. */
function withNeeds(entries: readonly SoftwareEntry[]): SoftwareEntry[] {
  const known = new Map(entries.map(({ id, manifest }) => [id, manifest ?? {}]))
  return entries.map((entry) => {
    const order = installOrder([entry.id], known)
    if (order.ok) return entry
    const { problem } = order
    const found =
      problem.code === 'NEEDS_UNKNOWN'
        ? ofWholeFile(materialMistake('FILE_NEEDS_UNKNOWN', { name: problem.name, needs: problem.needs }))
        : ofWholeFile(
            materialMistake('FILE_NEEDS_CIRCLE', { circle: [...problem.circle, problem.circle[0] ?? ''].join(' → ') }),
          )
    return { ...entry, problems: [...entry.problems, found], state: { kind: 'invalid' } }
  })
}

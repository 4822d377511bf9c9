import type { PackageIdentity } from './package-identity.ts'
import { processorOf, readUpdateName, type UpdateFile, type UpdateKind } from './update-file.ts'

/** What was read of an update package: the names of what it holds, and what its texts say, as far as they could be read. */
export type UpdateContent = {
  readonly members: readonly string[]
  readonly properties: ReadonlyMap<string, string>
  readonly identities: readonly PackageIdentity[]
}

/**
 * What an update package is: by its texts first, then by the names of what it holds, then by its own name, which anybody
 * may have changed. Pure.
 */
export function describeUpdate(path: string, content: UpdateContent): UpdateFile {
  const name = readUpdateName(path)
  const main = mainOf(content.identities)
  const { properties, members } = content
  const number = /^(?:KB)?(\d{5,8})$/i.exec(properties.get('kb article number') ?? '')?.[1]
  const named = members.map(readUpdateName)
  // The servicing stack that a cumulative update brings along is not what it is named by.
  const own =
    named.find(({ kb, kind }) => kb !== null && kind !== 'servicing-stack') ?? named.find(({ kb }) => kb !== null)
  return {
    file: path,
    kb: (number === undefined ? null : `KB${number}`) ?? main?.kb ?? own?.kb ?? name.kb,
    architecture:
      processorOf(properties.get('processor architecture') ?? '') ??
      main?.architecture ??
      own?.architecture ??
      named.find(({ architecture }) => architecture !== null)?.architecture ??
      name.architecture,
    windows: windowsOf(properties) ?? named.find(({ windows }) => windows !== null)?.windows ?? name.windows,
    kind: main?.kind ?? kindByMembers(members, named) ?? name.kind,
    build: main?.build ?? name.build,
  }
}

/** Of the packages that one file installs, the one it is there for: a cumulative update brings its servicing stack. */
const order: readonly UpdateKind[] = ['cumulative', 'dotnet', 'dynamic', 'other', 'servicing-stack']

function mainOf(identities: readonly PackageIdentity[]): PackageIdentity | undefined {
  return identities.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))[0]
}

/** `Applies to="Windows 10.0"` is what Windows 11 21H2's say too: only a name with 11 says 11. */
function windowsOf(properties: ReadonlyMap<string, string>): UpdateFile['windows'] {
  return /windows 11/i.test(`${properties.get('applies to')} ${properties.get('applicabilityinfo')}`) ? 11 : null
}

/**
 * What the names of members tell where their texts cannot be read. Only cumulative updates bring deltas (`.psf`), or a
 * servicing stack beside a package of their own; setup's update brings setup's programs and no package.
 */
function kindByMembers(members: readonly string[], named: readonly UpdateFile[]): UpdateKind | null {
  const files = members.map((member) =>
    member.slice(Math.max(member.lastIndexOf('/'), member.lastIndexOf('\\')) + 1).toLowerCase(),
  )
  const stack = named.some(({ kind }) => kind === 'servicing-stack')
  const ownPackage = named.some(({ kb, kind }) => kb !== null && kind === null)
  if (named.some(({ kind }) => kind === 'dotnet')) return 'dotnet'
  if (files.some((file) => file.endsWith('.psf')) || (stack && ownPackage)) return 'cumulative'
  if (stack) return 'servicing-stack'
  if (
    !files.includes('update.mum') &&
    files.some((file) => /^(setupprep|setuphost|setupplatform)\.(exe|dll)$/.test(file))
  )
    return 'dynamic'
  return null
}

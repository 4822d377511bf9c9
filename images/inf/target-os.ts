export type InfArchitecture = 'x86' | 'amd64' | 'arm' | 'arm64' | 'ia64'

/** A TargetOSVersion decoration, `NTamd64.10.0...22000`; null where a part is left out, all null where there is none. */
export type TargetOs = {
  readonly architecture: InfArchitecture | null
  readonly major: number | null
  readonly minor: number | null
  readonly productType: number | null
  readonly suiteMask: number | null
  readonly build: number | null
}

/** The Windows a driver is chosen for. Windows 10 and 11 are both version 10.0 and differ by build. */
export type WindowsTarget = { readonly architecture: InfArchitecture; readonly build: number }

export const anyOs: TargetOs = {
  architecture: null,
  major: null,
  minor: null,
  productType: null,
  suiteMask: null,
  build: null,
}

/** VER_NT_WORKSTATION and VER_SUITE_SINGLEUSERTS: a client Windows of any edition. */
const workstation = 1
const clientSuites = 0x100

/** Windows 10 and 11: the version every target here has. */
const windowsMajor = 10
const windowsMinor = 0

const number = '(0x[0-9a-f]{1,8}|\\d{1,9})?'
const decoration = new RegExp(
  `^nt(x86|ia64|amd64|arm64|arm)?(?:\\.${number}(?:\\.${number}(?:\\.${number}(?:\\.${number}(?:\\.${number})?)?)?)?)?$`,
  'i',
)

/** Reads a decoration per "INF Manufacturer Section", TargetOSVersion; null when it is none. */
export function parseTargetOs(text: string): TargetOs | null {
  const match = decoration.exec(text)
  if (match === null) return null
  const part = (index: number): number | null => (match[index] === undefined ? null : Number(match[index]))
  return {
    architecture: architectures.find((name) => name === match[1]?.toLowerCase()) ?? null,
    major: part(2),
    minor: part(3),
    productType: part(4),
    suiteMask: part(5),
    build: part(6),
  }
}

const architectures: readonly InfArchitecture[] = ['x86', 'amd64', 'arm', 'arm64', 'ia64']

/** The architectures a decoration serves: since Windows Server 2003 SP1 one that names none is for x86 only. */
export function architectureOf({ architecture }: TargetOs): InfArchitecture {
  return architecture ?? 'x86'
}

/** Whether a section with this decoration may be used on this Windows. */
export function appliesTo(target: TargetOs, windows: WindowsTarget): boolean {
  if (architectureOf(target) !== windows.architecture) return false
  if (target.productType !== null && target.productType !== workstation) return false
  if (target.suiteMask !== null && (target.suiteMask & ~clientSuites) !== 0) return false
  const order = compareVersion(target)
  // A build counts only within the very version it is given for.
  return order === 0 ? (target.build ?? 0) <= windows.build : order < 0
}

function compareVersion({ major, minor }: TargetOs): number {
  if (major === null) return 0
  return major - windowsMajor || (minor ?? 0) - windowsMinor
}

/**
 * Of the sections one [Manufacturer] entry names, the one Windows uses: of those that apply, the highest version, then
 * build, then the closest product type and suite. Undefined when none applies. An empty section chosen this way
 * means: not on this Windows.
 */
export function chooseSection<T extends { readonly target: TargetOs }>(
  sections: readonly T[],
  windows: WindowsTarget,
): T | undefined {
  const weight = ({ target }: T): number[] => [
    target.major ?? -1,
    target.minor ?? -1,
    target.build ?? -1,
    target.productType === null ? 0 : 1,
    target.suiteMask === null ? 0 : 1,
    target.architecture === null ? 0 : 1,
  ]
  return sections
    .filter(({ target }) => appliesTo(target, windows))
    .reduce<T | undefined>((best, section) => {
      if (best === undefined) return section
      const [mine, its] = [weight(section), weight(best)]
      const differs = mine.findIndex((value, index) => value !== its[index])
      return differs >= 0 && (mine[differs] ?? 0) > (its[differs] ?? 0) ? section : best
    }, undefined)
}

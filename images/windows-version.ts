/** Windows 10 and 11 both call themselves 10.0: only the build tells them apart. */
export const firstWindows11Build = 22_000

/** The first that was sold as Windows 10 (version 1507). */
const firstWindows10Build = 10_240

/** Which of the two a build is; null for Windows 8.1 and before. */
export function windowsOfBuild(build: number): 10 | 11 | null {
  if (build < firstWindows10Build) return null
  return build >= firstWindows11Build ? 11 : 10
}

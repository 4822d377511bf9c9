/** Windows 10 and 11 both call themselves 10.0: only the build tells them apart. */
export const firstWindows11Build = 22_000

/** Which of the two a build is. */
export function windowsOfBuild(build: number): 10 | 11 {
  return build >= firstWindows11Build ? 11 : 10
}

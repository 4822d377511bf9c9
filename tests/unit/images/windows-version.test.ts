import { expect, test } from 'vitest'
import { windowsOfBuild } from '../../../images/windows-version.ts'

test.each([
  [19_045, 10],
  [21_999, 10],
  [22_000, 11],
  [26_100, 11],
])('build %i is Windows %i', (build, windows) => {
  expect(windowsOfBuild(build)).toBe(windows)
})

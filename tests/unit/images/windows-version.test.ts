import { expect, test } from 'vitest'
import { windowsOfBuild } from '../../../images/windows-version.ts'

test.each([
  [9_600, null],
  [10_239, null],
  [10_240, 10],
  [19_045, 10],
  [21_999, 10],
  [22_000, 11],
  [26_100, 11],
])('build %i is Windows %i', (build, windows) => {
  expect(windowsOfBuild(build)).toBe(windows)
})

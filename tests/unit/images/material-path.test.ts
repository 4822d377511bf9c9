import { expect, test } from 'vitest'
import { isMaterialPath } from '../../../images/material-path.ts'

test.each(['a.inf', 'Host/TeamViewer_Host.msi', 'net/e2/e2x (1).sys', 'été.cat', '.hidden', 'console.txt'])(
  '%s is a path within its folder',
  (path) => expect(isMaterialPath(path)).toBe(true),
)

test.each([
  ...['', '/etc/passwd', '../a', 'a/../b', './a', 'a//b', 'a/', 'a\\b', 'C:a', 'a:stream', 'a?', 'a*', 'a|b'],
  ...['a\u0000', 'a.', 'a ', 'con', 'NUL.txt', 'x/LPT1.inf', 'COM².sys', 'a'.repeat(1025)],
])('%s is not', (path) => expect(isMaterialPath(path)).toBe(false))

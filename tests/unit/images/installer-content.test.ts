import { describe, expect, test } from 'vitest'
import { contentFault, promisedBy } from '../../../images/installer-content.ts'
import { cabinetHeader, msi, msu } from '../../installer-files.ts'

const fault = (path: string, content: Buffer) => {
  const promised = promisedBy(path)
  return promised === null ? 'nothing promised' : contentFault(promised, content.subarray(0, 64), content.length)
}

describe('an installer by its first bytes', () => {
  test.each([
    ['TeamViewer_Host.msi', msi('database')],
    ['windows11.0-kb5058411-x64.msu', msu('checkpoint')],
    ['windows10.0-kb5049981-x64.msu', cabinetHeader(36)],
    ['SSU-19041.CAB', Buffer.concat([cabinetHeader(36), Buffer.from('signature')])],
    ['setup.exe', Buffer.from('MZ\x90\0')],
    ['App.msixbundle', Buffer.from('PK\x03\x04')],
  ])('%s is what it says', (path, content) => expect(fault(path, content)).toBeNull())

  test.each([
    ['a text of 22 bytes named .msi', 'setup.msi', Buffer.from('page introuvable (404)'), 'msi'],
    ['a text of 15 bytes named .msu', 'kb5058411.msu', Buffer.from('<html>404</html'), 'msu'],
    ['a program renamed to .msi', 'setup.msi', Buffer.from('MZ\x90\0'), 'msi'],
    ['a WIM renamed to .cab', 'kb.cab', msu('x'), 'cab'],
    ['an archive named .exe', 'setup.exe', Buffer.from('PK\x03\x04'), 'exe'],
    ['nothing at all', 'setup.exe', Buffer.alloc(0), 'exe'],
  ])('%s is not', (_, path, content, promised) =>
    expect(fault(path, content)).toEqual({ fault: 'another-kind', promised }),
  )

  test('a cabinet whose download broke off says how long it should be', () => {
    const content = Buffer.concat([cabinetHeader(5_000_000), Buffer.alloc(100)])
    expect(fault('kb.msu', content)).toEqual({ fault: 'cut-off', wholeBytes: 5_000_000 })
  })

  test('a name that promises nothing is not judged', () => {
    expect(fault('setup.ini', Buffer.from('x'))).toBe('nothing promised')
  })
})

import { describe, expect, test } from 'vitest'
import {
  chooseMirror,
  inheritedAptOptions,
  parseDeb822Sources,
  parseSourcesList,
  renderSources,
} from '../../../../agent/boot-image/mirror.ts'

const deb822 = `Types: deb
# http://snapshot.example/archive
URIs: http://mirror.example/debian
Suites: bookworm
 bookworm-updates
Components: main

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://packages.example/node
Suites: nodistro
Components: main

Enabled: no
Types: deb
URIs: http://old.example/debian
Suites: bookworm
Components: main
`

describe('reading the host’s sources', () => {
  test('reads deb822 stanzas with comments and continued lines, and leaves disabled ones out', () => {
    expect(parseDeb822Sources(deb822).map(({ uri, suites }) => [uri, suites])).toEqual([
      ['http://mirror.example/debian', ['bookworm', 'bookworm-updates']],
      ['http://mirror.example/debian-security', ['bookworm-security']],
      ['https://packages.example/node', ['nodistro']],
    ])
  })

  test('reads one-line sources with options and comments', () => {
    const text =
      '# comment\ndeb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian trixie main contrib # why\ndeb-src http://x y z\n'
    expect(parseSourcesList(text)).toEqual([
      { uri: 'http://mirror.example/debian', suites: ['trixie'], components: ['main', 'contrib'] },
    ])
  })
})

describe('choosing the mirror', () => {
  test('takes the archive of the host’s release and that of its security updates, not other makers’ archives', () => {
    const sources = parseDeb822Sources(deb822).toReversed()
    expect(chooseMirror(sources, 'bookworm')).toEqual({
      main: 'http://mirror.example/debian',
      security: 'http://mirror.example/debian-security',
    })
  })

  test('finds none among installation discs and other makers', () => {
    const disc = { uri: 'cdrom:[Debian 13]/', suites: ['trixie'], components: ['main'] }
    const other = { uri: 'https://packages.example/node', suites: ['nodistro'], components: ['main'] }
    expect(chooseMirror([disc, other], 'trixie')).toBeUndefined()
  })

  test('asks the same archives for the environment’s release', () => {
    const sources = renderSources(
      { main: 'http://m.example/debian', security: 'http://m.example/security' },
      'trixie',
      '/k.gpg',
    )
    expect(sources).toBe(
      'deb [signed-by=/k.gpg] http://m.example/debian trixie main non-free-firmware\n' +
        'deb [signed-by=/k.gpg] http://m.example/security trixie-security main non-free-firmware\n',
    )
  })
})

test('hands the host’s proxy and tolerance on to the build, and nothing else', () => {
  const dump = [
    'Acquire::http::Proxy "http://proxy.example:3128";',
    'Acquire::https::CaInfo "/etc/ssl/own.pem";',
    'Acquire::Check-Valid-Until "false";',
    'Acquire::cdrom::mount "/media/cdrom/";',
    'Acquire::http "";',
    'APT::Install-Recommends "true";',
  ]
  expect(inheritedAptOptions(dump.join('\n'))).toEqual(dump.slice(0, 3))
})

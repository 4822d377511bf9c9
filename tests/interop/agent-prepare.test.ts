import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noMaterials } from '../../agent/protocol/materials.ts'
import { parseConfiguration } from '../../agent/protocol/windows-agent/configuration.ts'
import { findKey, findValue, type RegistryKey } from '../../images/registry/hive.ts'
import { readHive } from '../../images/registry/read-hive.ts'
import { genericKeys } from '../../images/unattend/key-choice.ts'
import { revealPassword } from '../answer-files/reveal-password.ts'
import { checkAgainstTable } from '../answer-files/table-check.ts'
import { raidController } from '../unit/agent/machines.ts'
import { onWindows, withNtfs, type Bench, type BenchOptions } from './agent-bench.ts'
import { serveImage, type ImageServer } from './agent-image-server.ts'
import { keySecurity, putFiles, systemHive } from './applied-windows.ts'
import { askHivexsh } from './hivex.ts'
import * as made from './preparation.ts'

const { paths } = made
const service = 'ControlSet001\\Services\\EtabliStart'

/** A key and all below it but the times of their last change. */
function withoutTimes({ timestamp: _, keys, ...rest }: RegistryKey): unknown {
  return { ...rest, keys: keys.map(withoutTimes) }
}

describe.runIf(made.canPrepare())('Windows on the disk', () => {
  let windows: made.Preparation
  let server: ImageServer
  beforeAll(async () => {
    windows = await made.makePreparation(512)
  })
  afterAll(() => windows.disk.detach())
  beforeEach(async () => {
    windows.applyWindows()
    server = await serveImage(made.served)
  })
  afterEach(async () => {
    await server.stop()
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(windows.disk.folder)
  })
  const preparing = (options: BenchOptions = {}): Bench => windows.bench(server, 'prepare-windows', options)
  const injecting = (options: BenchOptions = {}): Bench => windows.bench(server, 'inject-drivers', options)
  const answer = (name: string): string =>
    execFileSync('xmllint', ['--xpath', `string(//*[local-name()='${name}'])`, '-'], {
      input: windows.text(paths.answer),
      encoding: 'utf8',
    }).trim()
  const expectClosed = (path: string): void => {
    const said = windows.security(path)
    expect(said, path).toContain('Windows owner S-1-5-32-544')
    // Control word of a protected DACL, two entries; everybody's identifier (S-1-1-0) is nowhere.
    expect(said, path).toContain('01000490')
    expect(said, path).not.toContain('01010000 00000001 00000000')
  }

  test('is prepared: what was decided is told, and no secret with it', async () => {
    const one = preparing({ input: { oem: { manufacturer: 'L’Établi', supportPhone: '01 23 45 67 89' } } })
    const result = await windows.prepare(one, made.msdmTable())
    expect(result).toEqual({
      computerName: 'PC-BTTN12300456',
      locale: 'fr-FR',
      language: 'fr-FR',
      keyboard: '040c:0000040c',
      timeZone: 'Romance Standard Time',
      account: 'Utilisateur',
      key: { reason: 'firmware-key', setupComplete: 'skipped-by-oem-key' },
      installsDrivers: false,
      setupCompleteScript: 'written',
      fallbackService: { state: 'registered', key: '\\ControlSet001\\Services' },
      agentVersion: '0.1.0-test',
      clock: { set: true, biasMinutes: 420 },
    })
    // Windows adds what its own registry says to the firmware's clock, before it has read the answer file.
    expect(one.commands).toContain('firmware clock, bias 420')
    const obscured = /<Password>\s*<PlainText>false<\/PlainText>\s*<Value>([^<]+)/.exec(windows.text(paths.answer))
    const password = revealPassword(obscured?.[1] ?? '', 'Password') ?? ''
    expect(password).toHaveLength(20)
    const told = JSON.stringify([result, one.log, one.commands, one.progress])
    for (const secret of [made.firmwareKey, password, made.agentKey]) expect(told).not.toContain(secret)
    expect(one.progress.at(-1)).toMatchObject({ fraction: 1, bytesTotal: made.agentBytes.length })
  })

  test('has an answer file Windows knows every word of, well-formed to xmllint, without the firmware’s key', async () => {
    await windows.prepare(preparing(), made.msdmTable())
    expect(checkAgainstTable(windows.text(paths.answer))).toEqual([])
    expect(windows.text(paths.answer)).not.toContain(made.firmwareKey)
    expect(answer('ComputerName')).toBe('PC-BTTN12300456')
    expect(answer('UILanguage')).toBe('fr-FR')
    expect(answer('ProductKey')).toBe('')
    expect(answer('Path')).toBe('cmd.exe /d /c "C:\\ProgramData\\Etabli\\etabli-agent.exe" install & exit 0')
  })

  test('has the agent, with all it needs for a first boot without a network, closed to users', async () => {
    await windows.prepare(preparing())
    expect(windows.bytes(paths.agent).equals(made.agentBytes)).toBe(true)
    expect(parseConfiguration(windows.text(paths.configuration))).toEqual({
      kind: 'valid',
      server: { url: server.url, pin: server.pin },
      key: made.agentKey,
      machine: {
        uuid: '03000200-0400-0500-0006-000700080009',
        serial: 'BTTN12300456',
        macs: ['88:ae:dd:00:00:01'],
      },
    })
    for (const name of ['etabli', 'agent', 'configuration', 'answer', 'setupComplete'] as const) {
      expectClosed(paths[name])
    }
    // What nobody closed is everybody's on such a volume: the check above can fail.
    expect(windows.security('ProgramData/Microsoft/vide.txt')).toContain('01010000 00000001 00000000')
  })

  describe('starts the agent by its fallback service', () => {
    test('by a service in its own registry, as hivexsh and our reader see it', async () => {
      await windows.prepare(preparing())
      const file = windows.hiveFile()
      const { root } = readHive(readFileSync(file))
      const key = findKey(root, service)
      if (key === null) throw new Error('no service')
      const text = (name: string): string =>
        Buffer.from(findValue(key, name)?.data ?? [])
          .toString('utf16le')
          .replace(/\0$/, '')
      expect(text('ImagePath')).toBe('"C:\\ProgramData\\Etabli\\etabli-agent.exe" install --start')
      expect(text('ObjectName')).toBe('LocalSystem')
      expect(findValue(key, 'ImagePath')?.type).toBe(2)
      expect(['Type', 'Start', 'ErrorControl'].map((name) => findValue(key, name)?.data[0])).toEqual([0x10, 2, 0])
      expect(askHivexsh(file, [`cd \\${service}`, 'lsval Start'])).toEqual(['2'])
      // It has its neighbours' security, stands where Windows searches it, and nothing else of the hive has changed.
      expect(Buffer.from(key.security)).toEqual(keySecurity)
      const services = findKey(root, 'ControlSet001\\Services')?.keys ?? []
      expect(services.map(({ name }) => name)).toEqual([
        ...['ACPI', 'disk', 'EtabliStart', 'EventLog', 'Tcpip', 'WinDefend'],
      ])
      services.splice(2, 1)
      expect(withoutTimes(root)).toEqual(withoutTimes(readHive(systemHive()).root))
      expect(windows.list('Windows/System32/config')).toEqual(['SYSTEM'])
    })

    test('in the control set that is current; the hive keeps its own security', async () => {
      const attribute = ['-n', 'system.ntfs_acl']
      const acl = (): string =>
        withNtfs(windows.disk, 3, (folder) =>
          execFileSync('getfattr', [...attribute, '-e', 'hex', '--absolute-names', join(folder, paths.hive)], {
            encoding: 'utf8',
          }).replace(/^#.*$/m, ''),
        )
      onWindows(windows.disk, (folder) => {
        putFiles(folder, new Map([[paths.hive, systemHive(2)]]))
        const value = `0x${keySecurity.toString('hex')}`
        execFileSync('setfattr', [...attribute, '-v', value, join(folder, paths.hive)])
      })
      const before = acl()
      expect(await windows.prepare(preparing())).toMatchObject({
        fallbackService: { key: '\\ControlSet002\\Services' },
      })
      expect(acl()).toBe(before)
      expect(findKey(readHive(readFileSync(windows.hiveFile())).root, service)).toBeNull()
    })

    test.each<[string, Buffer | null, string]>([
      ['has no hive', null, 'no-hive'],
      ['has a hive that was not written to its end', Buffer.from(systemHive()).fill(9, 4, 5), 'refused'],
      ['has noise for a hive', Buffer.alloc(9000, 7), 'refused'],
    ])('but goes on when the image %s, and warns', async (_what, hive, state) => {
      onWindows(windows.disk, (folder) => {
        rmSync(join(folder, paths.hive))
        if (hive !== null) putFiles(folder, new Map([[paths.hive, hive]]))
      })
      const one = preparing()
      expect(await windows.prepare(one)).toMatchObject({ fallbackService: { state } })
      expect(one.log.filter((line) => line.includes('no fallback service'))).toHaveLength(1)
      if (hive !== null) expect(windows.bytes(paths.hive).equals(hive)).toBe(true)
    })
  })

  test('keeps the image’s own SetupComplete.cmd and calls it, whatever its case, also when prepared twice', async () => {
    const own = 'echo hello\r\n'
    onWindows(windows.disk, (folder) => putFiles(folder, new Map([['Windows/setup/Scripts/setupcomplete.cmd', own]])))
    await windows.prepare(preparing())
    expect(await windows.prepare(preparing())).toMatchObject({ setupCompleteScript: 'calls-own-of-image' })
    const folder = 'Windows/setup/Scripts'
    expect(windows.list(folder)).toEqual(['SetupComplete.before-etabli.cmd', 'SetupComplete.cmd'])
    expect(windows.text(`${folder}/SetupComplete.before-etabli.cmd`)).toBe(own)
    expect(windows.text(`${folder}/SetupComplete.cmd`)).toContain('call "%~dp0SetupComplete.before-etabli.cmd"\r\n')
  })

  test('puts an answer file of the image’s own aside, where Windows would look first', async () => {
    onWindows(windows.disk, (folder) => putFiles(folder, new Map([['Windows/Panther/Unattend/Unattend.xml', '<x/>']])))
    await windows.prepare(preparing())
    expect(windows.list('Windows/Panther/Unattend')).toEqual(['Unattend.xml.before-etabli'])
  })

  describe('with drivers', () => {
    test('has the packs’ files, closed to users, and installs them before the agent', async () => {
      const one = injecting()
      const result = await windows.inject(one)
      expect(result).toMatchObject({ infs: 1, files: 3, packs: [{ pack: 'NUC 11 réseau', infs: 1, files: 3 }] })
      expect(one.progress.at(-1)).toMatchObject({ fraction: 1 })
      for (const [path, bytes] of made.driverFiles) {
        expect(windows.bytes(`${paths.drivers}/NUC 11 réseau/${path}`).equals(bytes)).toBe(true)
      }
      for (const path of ['', '/NUC 11 réseau', '/NUC 11 réseau/e1d.sys', '/NUC 11 réseau/fr-FR']) {
        expectClosed(`${paths.drivers}${path}`)
      }
      expect(await windows.prepare(preparing({ results: { 'inject-drivers': result } }))).toMatchObject({
        installsDrivers: true,
      })
      expect(answer('Path')).toBe(
        'cmd.exe /d /c pnputil.exe /add-driver "C:\\ProgramData\\Etabli\\drivers\\*.inf" /subdirs /install' +
          ' >"C:\\ProgramData\\Etabli\\drivers.log" 2>&1 & exit 0',
      )
      expect(windows.text(paths.answer).match(/<Path>/g)).toHaveLength(2)
    })

    test('has what the run pinned and nothing an earlier attempt left', async () => {
      onWindows(windows.disk, (folder) => putFiles(folder, new Map([[`${paths.drivers}/old/a.inf`, 'x']])))
      await windows.inject(injecting())
      expect(windows.list(paths.drivers)).toEqual(['NUC 11 réseau'])
      expect(await windows.inject(injecting({ work: { materials: noMaterials } }))).toMatchObject({
        infs: 0,
        packs: [],
      })
      expect(windows.isThere(paths.drivers)).toBe(false)
    })

    test('stops in VMD or RAID mode with both ways out, unless the sequence allows it', async () => {
      const inventory = { devices: [raidController] }
      const one = injecting({ inventory })
      expect((await made.failureOf(windows.inject(one))).code).toBe('STORAGE_HIDDEN')
      expect(one.commands).toEqual([])
      const allowed = injecting({ inventory, input: { allowRaid: true } })
      expect(await windows.inject(allowed)).toMatchObject({ infs: 1, allowedRaid: true })
      expect(allowed.log.some((line) => line.includes('starts only from a disk elsewhere'))).toBe(true)
    })
  })

  describe('is refused before the disk is touched', () => {
    const secret = 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA'
    test.each<[string, BenchOptions, string, string]>([
      ['a key that is none', { input: { key: 'WRONG' } }, 'PRODUCT_KEY_REFUSED', 'five groups'],
      ['a key for another edition', { input: { key: genericKeys['Core'] } }, 'PRODUCT_KEY_REFUSED', 'another edition'],
      ['a firmware key there is not', { input: { key: 'firmware' } }, 'PRODUCT_KEY_REFUSED', 'holds no Windows key'],
      [
        'a secret that is no key',
        { input: { key: '${secret.KEY}' }, work: { secrets: { KEY: secret } } },
        'PRODUCT_KEY_REFUSED',
        'five groups',
      ],
      ['a secret nobody set', { input: { key: '${secret.KEY}' } }, 'SECRET_MISSING', 'KEY'],
      ['a name that is too long', { input: { computerName: 'a-name-far-too-long' } }, 'ANSWER_FILE_INVALID', '15'],
      ['a language the image lacks', { input: { language: 'de-DE' } }, 'ANSWER_FILE_INVALID', 'de-DE'],
      ['no time zone', { variables: { locale: 'fr-FR' } }, 'ANSWER_FILE_INVALID', 'time zone'],
      ['no agent', { work: { materials: noMaterials } }, 'WINDOWS_AGENT_MISSING', 'etabli-agent.exe'],
    ])('%s', async (_what, options, code, words) => {
      const one = preparing(options)
      const failure = await made.failureOf(windows.prepare(one))
      expect(failure.code).toBe(code)
      expect(JSON.stringify(failure)).toContain(words)
      expect(JSON.stringify([failure, one.log])).not.toContain(secret)
      expect(windows.isThere(paths.answer)).toBe(false)
    })
  })

  test('is refused without the agent’s own key: the server would have no work for it', async () => {
    const one = preparing()
    delete one.context.work.agentKey
    expect(await made.failureOf(windows.prepare(one))).toMatchObject({ params: { lack: 'agentKey' } })
    expect(windows.list('ProgramData')).toEqual(['Microsoft'])
  })

  test('is missing: another image is to be chosen', async () => {
    onWindows(windows.disk, (folder) => rmSync(join(folder, 'Windows'), { recursive: true }))
    expect((await made.failureOf(windows.prepare(preparing()))).code).toBe('WINDOWS_MISSING')
    expect((await made.failureOf(windows.inject(injecting()))).code).toBe('WINDOWS_MISSING')
  })
})

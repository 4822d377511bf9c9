import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Exec } from '../../agent/runtime/exec.ts'
import { noMaterials } from '../../agent/protocol/materials.ts'
import { parseConfiguration } from '../../agent/protocol/windows-agent/configuration.ts'
import { storeFromHive } from '../../images/bcd/store.ts'
import { findKey } from '../../images/registry/hive.ts'
import { readHive } from '../../images/registry/read-hive.ts'
import { checkAgainstTable } from '../answer-files/table-check.ts'
import { onWindows, withNtfs, type Bench, type BenchOptions } from './agent-bench.ts'
import { serveImage, type ImageServer } from './agent-image-server.ts'
import { putFiles } from './applied-windows.ts'
import * as made from './preparation.ts'
import { copyAtRest } from '../machine/loop-device.ts'

const mebibyte = 2 ** 20
const { paths } = made

describe.runIf(made.canPrepare())('preparing Windows', () => {
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
  const expectPrepared = (): void => {
    expect(windows.bytes(paths.agent).equals(made.agentBytes)).toBe(true)
    expect(parseConfiguration(windows.text(paths.configuration)).kind).toBe('valid')
    expect(checkAgainstTable(windows.text(paths.answer))).toEqual([])
    expect(windows.text(paths.setupComplete)).toContain('etabli-agent.exe')
    const { root } = readHive(readFileSync(windows.hiveFile()))
    expect(findKey(root, 'ControlSet001\\Services\\EtabliStart')?.values).toHaveLength(6)
    const all = withNtfs(windows.disk, 3, (folder) => execFileSync('find', [folder], { encoding: 'utf8' }))
    expect(all.split('\n').filter((path) => /\.(part|etabli-new)$/.test(path))).toEqual([])
  }

  test('goes on at the very byte when the server dies in the middle of the agent and comes back', async () => {
    server.dieAfter = 10 * mebibyte
    const one = preparing()
    await windows.prepare(one)
    expectPrepared()
    expect(server.offsets).toHaveLength(2)
    expect(server.offsets[1]).toBeGreaterThanOrEqual(8 * mebibyte)
    expect(one.log.some((line) => line.includes('trying again'))).toBe(true)
  })

  test('ends when it is cancelled in the middle of the agent, the volume closed; and can be done again', async () => {
    server.bytesPerSecond = 8 * mebibyte
    const one = preparing()
    const rejected = expect(windows.prepare(one)).rejects.toThrow('cancelled by a test')
    while (!one.progress.some(({ bytesDone = 0 }) => bytesDone > mebibyte))
      await new Promise((resolve) => setTimeout(resolve, 20))
    one.cancel('cancelled by a test')
    await rejected
    expect(windows.list(paths.etabli)).toEqual([])
    expect(windows.isThere(paths.answer)).toBe(false)
    server.bytesPerSecond = null
    await windows.prepare(preparing())
    expectPrepared()
  })

  test('gives the right state after a power cut before any of its programs', { timeout: 180_000 }, async () => {
    const image = join(windows.disk.folder, 'disk.img')
    const forget = (): void => {
      for (const device of [`${windows.disk.device}p3`, windows.disk.device]) {
        execFileSync('blockdev', ['--flushbufs', device])
      }
    }
    const cuts: Array<{ before: string; image: string }> = []
    const one = preparing()
    // What the disk itself has at that moment, and nothing the kernel still holds back: a power cut's very remains.
    const exec: Exec = (command, args, options) => {
      if (command === 'setfattr' || command === 'sync' || args[0] === '-w') {
        const copy = join(windows.disk.folder, `cut-${cuts.length}.img`)
        copyAtRest(windows.disk.name, image, copy)
        cuts.push({ before: [command, args.at(-1)?.split('/').at(-1)].join(' '), image: copy })
      }
      return one.context.exec(command, args, options)
    }
    await windows.prepare({ ...one, context: { ...one.context, exec } })
    expect(cuts.length).toBeGreaterThan(6)
    console.log(`power cuts before: ${cuts.map(({ before }) => before).join(', ')}`)
    for (const cut of cuts) {
      // What the kernel still holds must neither be written over the old state nor be read instead of it.
      forget()
      execFileSync('cp', ['--sparse=always', cut.image, image])
      forget()
      await windows.prepare(preparing()).catch((error: unknown) => {
        throw new Error(`after a cut before ${cut.before}: ${String(error)}`)
      })
      expectPrepared()
    }
  })

  test('gives the right state where files were left half-written, and the hive on its way', async () => {
    await windows.prepare(preparing())
    onWindows(windows.disk, (folder) => {
      putFiles(
        folder,
        new Map([
          [`${paths.answer}.etabli-new`, '<?xml vers'],
          [`${paths.configuration}.etabli-new`, '{"ser'],
          [`${paths.agent}.part`, 'MZ'],
          [paths.configuration, '{"server":"http://elsewhere:1","mach'],
        ]),
      )
      renameSync(join(folder, paths.hive), join(folder, `${paths.hive}.etabli-new`))
    })
    expect(await windows.prepare(preparing())).toMatchObject({ fallbackService: { state: 'registered' } })
    expectPrepared()
  })

  test.each([
    ['in the agent', 40_000, 'MATERIAL_DISK_FULL', 'etabli-agent.exe'],
    ['in what comes after it', null, 'WINDOWS_NOT_PREPARED', ''],
  ])('fails with words on a full disk, %s, and nothing can start', async (_where, sectors, code, file) => {
    windows.applyWindows(sectors ?? 80_000)
    if (sectors === null) {
      // Room for the agent, and for nothing else: what is left over is taken first.
      onWindows(windows.disk, (folder) => {
        const free = Number(execFileSync('stat', ['-f', '-c', '%a', folder], { encoding: 'utf8' })) * 4096
        writeFileSync(join(folder, 'pagefile.sys'), Buffer.alloc(free - made.agentBytes.length - 2 * 4096))
      })
    }
    const failure = await made.failureOf(windows.prepare(preparing()))
    expect(failure.code).toBe(code)
    expect(String(failure.params['file'])).toContain(file)
    if (code === 'WINDOWS_NOT_PREPARED') expect(failure.params['reason']).toBe('ENOSPC')
    expect(windows.isThere(paths.answer)).toBe(false)
    // The steps that make the disk bootable come after this one: firmware finds nothing on its ESP.
    const listed = spawnSync('mdir', ['-b', '-i', `${windows.disk.device}p1`, '::/'], { encoding: 'utf8' })
    expect(listed.stdout).toBe('')
  })

  test.each([
    ['..', 'DRIVER_PACK_NAME'],
    ['a/b', 'DRIVER_PACK_NAME'],
    ['con', 'DRIVER_PACK_NAME'],
    ['ends with a dot.', 'DRIVER_PACK_NAME'],
  ])('never takes the pack’s name %s for a folder', async (pack, code) => {
    const drivers = made.drivers.map((one) => ({ ...one, pack }))
    const one = windows.bench(server, 'inject-drivers', { work: { materials: { ...noMaterials, drivers } } })
    expect((await made.failureOf(windows.inject(one))).code).toBe(code)
    expect(one.commands).toEqual([])
  })
})

describe.runIf(made.canPrepare())('a disk with sectors of 4096 bytes', () => {
  test('is partitioned, prepared and made bootable, as blkid, mtools and ntfs-3g read it', async () => {
    const windows = await made.makePreparation(4096)
    const server = await serveImage(made.served)
    try {
      windows.applyWindows()
      const drivers = await windows.inject(windows.bench(server, 'inject-drivers'))
      const results = { 'inject-drivers': drivers }
      expect(await windows.prepare(windows.bench(server, 'prepare-windows', { results }))).toMatchObject({
        installsDrivers: true,
        fallbackService: { state: 'registered' },
      })
      const esp = mkdtempSync(join(windows.disk.folder, 'esp-'))
      const booted = await windows.boot(windows.bench(server, 'write-boot-files'), esp)
      expect(booted).toMatchObject({ bootManager: { use: 'standard' } })

      const device = `${windows.disk.device}p1`
      expect(execFileSync('blockdev', ['--getss', device], { encoding: 'utf8' }).trim()).toBe('4096')
      const probed = execFileSync('blkid', ['-p', '-o', 'export', device], { encoding: 'utf8' })
      expect(probed).toContain('TYPE=vfat')
      expect(probed).toContain('VERSION=FAT32')
      const geometry = execFileSync('minfo', ['-i', device, '::'], { encoding: 'utf8', stdio: 'pipe' })
      expect(geometry).toMatch(/sector size: 4096 bytes/)
      // Where this kernel has no FAT a folder stood for the ESP: its files go onto the real one by mtools.
      if (statSync(join(esp, 'EFI'), { throwIfNoEntry: false }) !== undefined) {
        execFileSync('mcopy', ['-s', '-o', '-i', device, join(esp, 'EFI'), '::/'], { stdio: 'pipe' })
      }
      const store = execFileSync('mtype', ['-i', device, '::EFI/Microsoft/Boot/BCD'], {
        maxBuffer: 2 ** 24,
        stdio: 'pipe',
      })
      expect(storeFromHive(readHive(store)).objects).toHaveLength(11)
      const fallback = execFileSync('mtype', ['-i', device, '::EFI/Boot/bootx64.efi'], {
        maxBuffer: 2 ** 24,
        stdio: 'pipe',
      })
      expect(fallback.equals(windows.bytes('Windows/Boot/EFI/bootmgfw.efi'))).toBe(true)
      expect(windows.bytes(paths.agent).equals(made.agentBytes)).toBe(true)
      expect(checkAgainstTable(windows.text(paths.answer))).toEqual([])
    } finally {
      await server.stop()
      windows.disk.detach()
    }
  })
})

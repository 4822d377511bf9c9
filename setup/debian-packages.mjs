import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { SetupStopped, say } from './messages.mjs'

/** Debian packages by what they are for. */
export const debianPackages = {
  /** Preparing images and building the boot environment. */
  serve: [
    'wimtools',
    'mmdebstrap',
    'squashfs-tools',
    'cpio',
    'zstd',
    'xz-utils',
    'kmod',
    'debian-archive-keyring',
    'iproute2',
  ],
  /** A virtual NUC. */
  demo: ['qemu-system-x86', 'ovmf', 'qemu-utils', 'ntfs-3g', 'gdisk', 'socat'],
  /** Foreign clients and readers. */
  test: [
    'atftp',
    'tftp-hpa',
    'tftpd-hpa',
    'curl',
    'dnsmasq-base',
    'isc-dhcp-client',
    'udhcpc',
    'kea-admin',
    'chromium',
    'nginx-light',
    'mtools',
    'dosfstools',
    '7zip',
    'libhivex-bin',
    'attr',
    'libxml2-utils',
    'swtpm',
    'wine64',
    'wine',
    'tshark',
    'fonts-dejavu-core',
    'procps',
    'fdisk',
    'zbar-tools',
    'mount',
    'openssl',
    'msitools',
    'wixl',
    'nsis',
    'gcab',
    'cabextract',
  ],
  /** Another database; beside those for tests. */
  matrix: ['postgresql'],
}

/** Which of these are not installed here. @param {string[]} names */
export function missingDebianPackages(names) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names], {
    encoding: 'utf8',
  })
  const installed = new Set(
    (stdout ?? '')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name),
  )
  return names.filter((name) => !installed.has(name))
}

/**
 * Installs the missing ones, after saying which. Daemons that come along (nginx, tftpd) are not started:
 * we want the programs, not services on this machine's ports.
 * @param {string[]} names
 */
export function ensureDebianPackages(names) {
  // What dpkg has is written anew whenever a package comes or goes: as long as it was not, nothing is asked twice.
  const state = `${names.join(' ')} ${statSync('/var/lib/dpkg/status', { throwIfNoEntry: false })?.ctimeMs}`
  const known = `build/.checked-debian-${createHash('sha256').update(names.join(' ')).digest('hex').slice(0, 12)}`
  if (existsSync(known) && readFileSync(known, 'utf8') === state) return
  const missing = missingDebianPackages(names)
  if (missing.length === 0) {
    mkdirSync('build', { recursive: true })
    writeFileSync(known, state)
    return
  }
  if (process.getuid?.() !== 0) {
    throw new SetupStopped(
      `il manque des paquets Debian, et il faut être root pour les installer : apt-get install ${missing.join(' ')}`,
      `Debian packages are missing, and installing them needs root: apt-get install ${missing.join(' ')}`,
    )
  }
  say(`installation des paquets Debian : ${missing.join(' ')}`, `installing Debian packages: ${missing.join(' ')}`)
  const policy = '/usr/sbin/policy-rc.d'
  const ownPolicy = !existsSync(policy)
  if (ownPolicy) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    apt(['update', '-q'])
    apt(['install', '-q', '-y', '--no-install-recommends', ...missing])
  } finally {
    if (ownPolicy) rmSync(policy, { force: true })
  }
}

/** @param {string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) {
    throw new SetupStopped(
      `apt-get ${args[0]} a échoué : il faut un accès à un miroir Debian. Vérifiez la connexion, puis relancez.`,
      `apt-get ${args[0]} failed: it needs to reach a Debian mirror. Check the connection, then run it again.`,
    )
  }
}

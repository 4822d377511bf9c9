/** Debian packages by what they are for; setup installs those that are missing, and says so first. */
export const debianPackages = {
  /** Preparing images and building the boot environment. */
  serve: ['wimtools', 'mmdebstrap', 'squashfs-tools', 'cpio', 'zstd', 'debian-archive-keyring', 'iproute2', 'xz-utils'],
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
    'swtpm',
    'wine64',
    'wine',
    'tshark',
    'fonts-dejavu-core',
    'procps',
  ],
}

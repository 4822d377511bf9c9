/**
 * Which disks are in use, from the kernel's own lists. A disk carries the environment when something of it is mounted
 * before any step ran; one started from the network has none.
 */

/** Block devices of /proc/mounts (`/dev/sda1 /mnt vfat ro 0 0`), without `/dev/`. */
export function mountedDevices(mounts: string): Map<string, string> {
  const devices = new Map<string, string>()
  for (const line of mounts.split('\n')) {
    const [source = '', target = ''] = line.split(' ')
    if (source.startsWith('/dev/')) devices.set(source.slice('/dev/'.length), target.replaceAll('\\040', ' '))
  }
  return devices
}

/** Block devices of /proc/swaps. */
export function swapDevices(swaps: string): string[] {
  return swaps
    .split('\n')
    .flatMap((line) => (line.startsWith('/dev/') ? [(line.split(/\s/)[0] ?? '').slice('/dev/'.length)] : []))
}

/** Whether `device` is the disk or one of its partitions: `nvme0n1p3` is of `nvme0n1`, `sdaa` is not of `sda`. */
export function isOfDisk(device: string, disk: string): boolean {
  if (!device.startsWith(disk)) return false
  return (/\d$/.test(disk) ? /^(p\d+)?$/ : /^\d*$/).test(device.slice(disk.length))
}

/** The name of a disk's partition: `nvme0n1` and 3 give `nvme0n1p3`, `sda` and 3 give `sda3`. */
export function partitionName(disk: string, number: number): string {
  return `${disk}${/\d$/.test(disk) ? 'p' : ''}${number}`
}

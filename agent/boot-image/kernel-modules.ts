/**
 * The kernel's drivers for Ethernet cards on USB: those of docks and adapters, and the classes that any maker's may present
 * itself as (CDC, RNDIS). Modems, telephones, cables between two hosts and cards of 10 Mbit/s (catc, kaweth) stay out.
 */
const usbNetworkCards =
  /net\/usb\/(aqc111|asix|ax88179_178a|cdc_eem|cdc_ether|cdc_ncm|ch9200|dm9601|lan78xx|mcs7830|pegasus|r8152|r8153_ecm|rndis_host|rtl8150|smsc75xx|smsc95xx|sr9700|sr9800)\./

/** Network cards of small office PCs, and the USB ones technicians carry; everything needed before the root layer is there. */
export const initrdModules: readonly RegExp[] = [
  /net\/ethernet\/intel\/(e1000|e1000e|igb|igc)\//,
  /net\/ethernet\/realtek\/r8169\./,
  /net\/ethernet\/broadcom\/tg3\./,
  /net\/ethernet\/atheros\/(alx|atl1c)\//,
  /net\/ethernet\/aquantia\/atlantic\//,
  /net\/ethernet\/marvell\/sky2\./,
  /net\/phy\/(realtek|broadcom|microchip|ax88796b|smsc)\./,
  usbNetworkCards,
  /net\/(virtio_net|vmxnet3\/vmxnet3)\./,
  /virtio\/virtio_(pci|mmio)\b/,
  /usb\/host\/(xhci-hcd|xhci-pci|ehci-hcd|ehci-pci)\./,
  /fs\/(overlayfs|squashfs)\//,
  /drivers\/block\/loop\./,
]

/** What the running system drives beyond the initrd's: disks of every kind, keyboards, temperatures, foreign file systems. */
export const rootModules: readonly RegExp[] = [
  ...initrdModules,
  /drivers\/ata\/(ahci|libahci|ata_piix|ata_generic)\./,
  /drivers\/nvme\/host\/(nvme|nvme-core)\./,
  /drivers\/mmc\/(core|host\/(sdhci-pci|sdhci-acpi|rtsx_pci_sdmmc))\b/,
  /drivers\/ufs\//,
  /drivers\/pci\/controller\/vmd\./,
  /drivers\/scsi\/(scsi_mod|sd_mod|sr_mod|sg|virtio_scsi)\./,
  /drivers\/block\/(virtio_blk|nbd)\./,
  /drivers\/usb\/(storage|common|core)\//,
  /drivers\/usb\/host\/(ohci|uhci|xhci|ehci)/,
  /drivers\/usb\/class\/usblp\.none/,
  /drivers\/hid\/(hid|hid-generic|hid-apple|hid-logitech-dj|hid-logitech-hidpp|hid-microsoft|hid-lenovo|usbhid\/usbhid)\./,
  /drivers\/hid\/i2c-hid\//,
  /drivers\/(i2c\/busses\/i2c-(i801|designware)|mfd\/intel-lpss)/,
  /drivers\/input\/(evdev|mousedev)\./,
  /drivers\/hwmon\/(coretemp|k10temp|drivetemp|nct6775|nct6775-core|nct6683|it87)\./,
  /drivers\/acpi\/(ac|battery|button|fan|thermal)\b/,
  /drivers\/(cdrom|char\/tpm|char\/hw_random)\//,
  /drivers\/firmware\/dmi-sysfs\./,
  /drivers\/thermal\/intel\/(x86_pkg_temp_thermal|intel_tcc)/,
  /fs\/(fat|ntfs3|efivarfs|exfat|fuse|isofs)\//,
  /fs\/nls\/nls_(cp437|cp850|cp1252|ascii|iso8859-1|iso8859-15|utf8)\./,
  /lib\/(crc|libcrc|xxhash)/,
  /crypto\/(crc32c|crc32)/,
]

/**
 * The modules matching one of the patterns and all they depend on (hard and soft dependencies), as paths relative to the
 * module folder, sorted. Formats: modules.dep and modules.softdep of depmod(8).
 */
export function selectModules(modulesDep: string, modulesSoftdep: string, patterns: readonly RegExp[]): string[] {
  const dependencies = parseModulesDep(modulesDep)
  const softDependencies = parseSoftdep(modulesSoftdep)
  const pathOfName = new Map([...dependencies.keys()].map((path) => [moduleName(path), path]))
  const selected = new Set<string>()
  const pending = [...dependencies.keys()].filter((path) => patterns.some((pattern) => pattern.test(path)))
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (selected.has(path)) continue
    selected.add(path)
    pending.push(...(dependencies.get(path) ?? []))
    for (const name of softDependencies.get(moduleName(path)) ?? []) {
      const softPath = pathOfName.get(name)
      if (softPath !== undefined) pending.push(softPath)
    }
  }
  return [...selected].sort()
}

function parseModulesDep(text: string): Map<string, string[]> {
  const entries = text.split('\n').flatMap((line): [string, string[]][] => {
    const [path, needed = ''] = line.split(':')
    return path ? [[path, needed.split(' ').filter(Boolean)]] : []
  })
  return new Map(entries)
}

/** Lines read `softdep NAME pre: A B post: C`. */
function parseSoftdep(text: string): Map<string, string[]> {
  const result = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [keyword, name, ...rest] = line.split(/\s+/)
    if (keyword !== 'softdep' || name === undefined) continue
    const names = rest.filter((word) => word !== '' && !word.endsWith(':')).map((word) => word.replaceAll('-', '_'))
    result.set(name.replaceAll('-', '_'), [...(result.get(name) ?? []), ...names])
  }
  return result
}

/** The kernel treats `-` and `_` alike in names. */
function moduleName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1)
  return file.slice(0, file.indexOf('.')).replaceAll('-', '_')
}

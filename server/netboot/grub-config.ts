import { keyPinPattern, type KeyPin } from '../../agent/protocol/key-pin.ts'

/** A file the boot environment is made of, as the machine asks for it. */
export interface BootLayer {
  /** Path on our HTTP server, with a leading slash. */
  readonly path: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** `ADDRESS:PORT` of TLS, and the server's pin. */
export type AgentServer = { readonly server: string; readonly pin: KeyPin }

/** What one machine boots. All paths are on our HTTP server. */
export type MachineBoot =
  | {
      readonly boot: 'environment'
      /** `ADDRESS:PORT` of plain HTTP, as the machine reaches us. */
      readonly server: string
      /** Where its agent reaches us by TLS, and what it knows us by. */
      readonly agents: AgentServer
      readonly kernelPath: string
      readonly initrdPath: string
      /** Those of the environment's manifest, the same for every machine. */
      readonly kernelArguments: readonly string[]
      /** From the lowest to the highest. */
      readonly layers: readonly BootLayer[]
      /** The card the machine started from, `aa:bb:cc:dd:ee:ff`. */
      readonly mac: string
    }
  | { readonly boot: 'local-disk' }

/** A value that could change the meaning of the configuration it stands in. Ours never do; it is a mistake in our own code or settings. */
export class UnsafeBootValue extends Error {
  override readonly name = 'UnsafeBootValue'
  readonly code = 'NETBOOT_UNSAFE_BOOT_VALUE'

  constructor(what: string, value: string) {
    super(`${what} cannot stand in a boot configuration: ${JSON.stringify(value)}`)
  }
}

/**
 * `/grub/grub.cfg`, the same for every machine: asks our HTTP server what this machine has to boot, several times (GRUB's network
 * stack loses a request now and then, and gives one up after 19 s only; loader-connections.ts); without an answer the machine starts from its disk, and without a disk it starts over.
 *
 * The machine is named by its UUID as well as by the card: a dock's card says nothing of it. The UUID is at byte 8 of the
 * SMBIOS table of type 1 (DSP0134 §7.2); a GRUB without the module `smbios` asks with the card alone.
 *
 * Never a prompt: GRUB opens its shell only when a configuration ends, and this one ends in a restart.
 *
 * @param server - `ADDRESS:PORT` of our HTTP server, as machines reach it
 */
export function renderStartConfig(server: string): string {
  const url = `(http,${safe('server', server)})/boot/grub/$net_default_mac`
  return `${functions}
set etabli_url="${url}"
if smbios --type 1 --get-uuid 8 --set etabli_uuid; then
  if [ -n "$etabli_uuid" ]; then set etabli_url="$etabli_url/$etabli_uuid"; fi
fi
for try in 1 2 3 4; do
  source "$etabli_url"
  if [ "$etabli_answered" = yes ]; then break; fi
  draw_accents
  echo 'Le serveur Établi ne répond pas encore, nouvel essai…'
  echo 'The Etabli server does not answer yet, trying again…'
  sleep 3
done
if [ "$etabli_answered" != yes ]; then
  echo 'Le serveur Établi ne répond pas : démarrage depuis le disque.'
  echo 'The Etabli server does not answer: starting from the disk.'
  start_from_disk
fi
start_over
`
}

/**
 * `/boot/grub/MAC/UUID`: what one machine does now. It says so first, checks every load, and falls back to a restart.
 * Throws {@link UnsafeBootValue}.
 */
export function renderMachineConfig(machine: MachineBoot): string {
  return `${functions}
set etabli_answered=yes
${machine.boot === 'environment' ? renderEnvironment(machine) : renderLocalDisk()}
start_over
`
}

/**
 * The kernel's arguments for one machine; `agent/boot-image/initrd/init` documents those that are ours.
 * Throws {@link UnsafeBootValue}.
 */
export function renderKernelArguments(machine: Extract<MachineBoot, { boot: 'environment' }>): string {
  const layers = machine.layers.map(
    ({ path, sha256 }) => `etabli.layer=${safe('path', path)},${safe('sha256', sha256)}`,
  )
  return [
    ...machine.kernelArguments.map((argument) => safe('argument', argument)),
    `etabli.server=http://${safe('server', machine.server)}`,
    `etabli.tls=https://${safe('server', machine.agents.server)}`,
    `etabli.pin=${safe('pin', machine.agents.pin)}`,
    ...layers,
    // The form PXELINUX made common: hardware type 01 (Ethernet), then the address, all with hyphens.
    `BOOTIF=01-${safe('mac', machine.mac).replaceAll(':', '-')}`,
  ].join(' ')
}

/** What each kind of value may be; nothing of it has a meaning to GRUB's shell or splits a kernel argument in two. */
const shapes = {
  server: /^\d{1,3}(\.\d{1,3}){3}:\d{1,5}$/,
  path: /^(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/,
  sha256: /^[0-9a-f]{64}$/,
  pin: new RegExp(keyPinPattern),
  mac: /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/,
  argument: /^[A-Za-z0-9_.,:=@/+-]+$/,
} as const

function safe(what: keyof typeof shapes, value: string): string {
  if (!shapes[what].test(value)) throw new UnsafeBootValue(what, value)
  return value
}

/**
 * What both configurations call.
 *
 * The firmware's console shows no accents, so ordinary lines have none, and troubles are drawn with the font inside Debian's signed
 * GRUB (Secure Boot lets no other be loaded); a serial port, where there is one, gets the same. Windows' boot manager is looked for
 * by its own path first, then by the path any system may use; GRUB starts it through shim, which checks its signature as the firmware
 * would, and tells it the device of `root` (with a device in the file's name it would be told the network card). Without any the
 * machine starts over: `exit`, with whatever status, leaves OVMF in its boot menu, where nobody may ever come.
 */
const functions = `set timeout=0
function draw_accents {
  if [ "$etabli_accents" != yes ]; then
    set etabli_accents=yes
    set gfxmode=auto
    if loadfont (memdisk)/fonts/unicode.pf2; then
      terminal_output gfxterm
      if serial --unit=0 --speed=115200; then
        terminfo --utf8 serial vt100
        terminal_output --append serial
      fi
    fi
  fi
}
function start_over {
  draw_accents
  echo 'Le poste redémarre dans 20 secondes.'
  echo 'The machine restarts in 20 seconds.'
  sleep 20
  reboot
}
function start_from_disk {
  for file in /EFI/Microsoft/Boot/bootmgfw.efi /EFI/Boot/bootx64.efi; do
    unset disk
    search --no-floppy --file --set=disk "$file"
    if [ -n "$disk" ]; then
      set root="$disk"
      if chainloader "$file"; then boot; fi
    fi
  done
  draw_accents
  echo 'Aucun système ne démarre depuis le disque de ce poste.'
  echo 'No system starts from the disk of this machine.'
}`

function renderLocalDisk(): string {
  return `echo 'Etabli : ce poste passe la main au disque.'
echo 'Etabli: this machine starts from its disk.'
start_from_disk`
}

function renderEnvironment(machine: Extract<MachineBoot, { boot: 'environment' }>): string {
  const root = `(http,${safe('server', machine.server)})`
  return `echo 'Etabli : chargement en cours, merci de patienter.'
echo 'Etabli: loading, please wait.'
for try in 1 2 3 4 5 6; do
  if linux "${root}${safe('path', machine.kernelPath)}" ${renderKernelArguments(machine)}; then
    if initrd "${root}${safe('path', machine.initrdPath)}"; then
      boot
    fi
  fi
  draw_accents
  echo 'Le chargement a échoué, nouvel essai dans 3 secondes.'
  echo 'Loading failed, trying again in 3 seconds.'
  sleep 3
done
echo 'Le chargement a échoué : vérifiez le câble réseau et le serveur Établi.'
echo 'Loading failed: check the network cable and the Etabli server.'`
}

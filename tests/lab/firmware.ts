/** What a virtual machine has in the place of a board's firmware: Debian's `ovmf`. */
export type Firmware = { code: string; variables: string; secureBoot: boolean }

/** With Microsoft's keys enrolled, as a PC is sold. */
export const secureFirmware: Firmware = {
  code: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd',
  variables: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd',
  secureBoot: true,
}

/** The one that loads drivers nobody has signed. */
export const openFirmware: Firmware = {
  code: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  variables: '/usr/share/OVMF/OVMF_VARS_4M.fd',
  secureBoot: false,
}

/** Secure Boot in OVMF stands on System Management Mode. */
export function firmwareArguments({ code, secureBoot }: Firmware, variables: string): string[] {
  return [
    ...['-machine', 'q35,smm=on'],
    ...(secureBoot ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${code}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${variables}`],
  ]
}

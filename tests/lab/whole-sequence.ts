import type { StandInWindows } from './stand-in-windows.ts'

/** A sequence as the shipped ones, from a bare PC to one that is ready for sale, for a machine whose Windows is played. */
export function wholeSequence(name: string, { script }: StandInWindows): string {
  return `name: ${name}
variables: { locale: fr-FR, timezone: Romance Standard Time, computerName: 'PC-{serial}' }
environment:
  - check-hardware: { memoryAtLeast: 1 GiB, diskAtLeast: 20 GB }
  - partition-disk: { disk: only }
  - apply-image: {}
  - inject-drivers: { packs: matching }
  - prepare-windows: { account: local, name: Utilisateur }
  - write-boot-files: {}
  - run-command:
      mount: true
      script: |
${script.replaceAll(/^/gm, '        ')}
    name: Préparer le remplaçant de Windows
  - restart: {}
windows:
  - install-drivers: {}
  - windows-update: { passes: 5 }
  - install-software: { package: teamviewer-host, shortcut: desktop }
  - remove-apps: { profile: essai }
  - verify: { profile: ready-for-sale }
  - seal: { for: customer, agent: remove }
  - shut-down: {}
`
}

import { entry } from './failure-messages.ts'

/** Failures of making a disk that starts. */
export const bootFailures = {
  BOOT_FILES_MISSING: entry<'path'>(
    (p) => [
      `L’image appliquée n’a pas de fichiers de démarrage (${p.text('path')} manque).`,
      'Choisissez une image de Windows complète : celle-ci n’en contient pas le dossier de démarrage.',
    ],
    (p) => [
      `The applied image has no boot files (${p.text('path')} is missing).`,
      'Choose a complete Windows image: this one lacks the boot folder.',
    ],
  ),
  BOOT_MANAGER_TOO_OLD: entry(
    () => [
      'Ce poste ne fait plus confiance au gestionnaire de démarrage de 2011, et cette image n’en a pas d’autre.',
      'Importez une image de Windows plus récente : elle apporte un gestionnaire signé par « Windows UEFI CA 2023 ».',
    ],
    () => [
      'This machine no longer trusts the boot manager of 2011, and this image has no other.',
      'Import a newer Windows image: it brings a boot manager signed by "Windows UEFI CA 2023".',
    ],
  ),
  BOOT_MANAGER_UNTRUSTED: entry<'signers'>(
    (p) => [
      `Secure Boot refuserait le gestionnaire de démarrage de cette image (signé par : ${p.text('signers')}).`,
      'Dans le BIOS, remettez les clés Secure Boot d’usine, ou mettez le BIOS à jour ; puis redémarrez sur le réseau.',
    ],
    (p) => [
      `Secure Boot would refuse this image’s boot manager (signed by: ${p.text('signers')}).`,
      'In the firmware setup, restore the factory Secure Boot keys, or update the firmware; then restart from the network.',
    ],
  ),
  BOOT_FILES_FAILED: entry<'disk'>(
    (p) => [
      `Les fichiers de démarrage n’ont pas pu être copiés sur ${p.text('disk')}.`,
      'Reprenez depuis le partitionnement ; si cela se répète, essayez un autre disque.',
    ],
    (p) => [
      `The boot files could not be copied to ${p.text('disk')}.`,
      'Retry from the partitioning step; if it happens again, try another disk.',
    ],
  ),
  NVRAM_REFUSED: entry<'reason'>(
    (p) => [
      `Le BIOS a refusé la nouvelle entrée de démarrage (${p.text('reason')}) ; le fichier de secours EFI\\Boot\\bootx64.efi sera utilisé.`,
      'Rien à faire si le poste démarre ; sinon, choisissez le disque dans le menu de démarrage.',
    ],
    (p) => [
      `The firmware refused the new boot entry (${p.text('reason')}); the fallback file EFI\\Boot\\bootx64.efi will be used.`,
      'Nothing to do if the machine boots; otherwise choose the disk in the boot menu.',
    ],
  ),
}

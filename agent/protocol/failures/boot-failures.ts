import type { Messages } from '../../../text/messages.ts'

/** Failures of making a disk that starts. */
export const bootFailures = {
  BOOT_FILES_MISSING: {
    message: ({ path }: { path: string }) => ({
      fr: `L’image appliquée n’a pas de fichiers de démarrage (${path} manque).`,
      en: `The applied image has no boot files (${path} is missing).`,
    }),
    fix: () => ({
      fr: 'Choisissez une image de Windows complète : celle-ci n’en contient pas le dossier de démarrage.',
      en: 'Choose a complete Windows image: this one lacks the boot folder.',
    }),
  },
  BOOT_MANAGER_TOO_OLD: {
    message: () => ({
      fr: 'Ce poste ne fait plus confiance au gestionnaire de démarrage de 2011, et cette image n’en a pas d’autre.',
      en: 'This machine no longer trusts the boot manager of 2011, and this image has no other.',
    }),
    fix: () => ({
      fr: 'Importez une image de Windows plus récente : elle apporte un gestionnaire signé par « Windows UEFI CA 2023 ».',
      en: 'Import a newer Windows image: it brings a boot manager signed by "Windows UEFI CA 2023".',
    }),
  },
  BOOT_MANAGER_UNTRUSTED: {
    message: ({ signers }: { signers: string }) => ({
      fr: `Secure Boot refuserait le gestionnaire de démarrage de cette image (signé par : ${signers}).`,
      en: `Secure Boot would refuse this image’s boot manager (signed by: ${signers}).`,
    }),
    fix: () => ({
      fr: 'Dans le BIOS, remettez les clés Secure Boot d’usine, ou mettez le BIOS à jour ; puis redémarrez sur le réseau.',
      en: 'In the firmware setup, restore the factory Secure Boot keys, or update the firmware; then restart from the network.',
    }),
  },
  BOOT_FILES_FAILED: {
    message: ({ disk }: { disk: string }) => ({
      fr: `Les fichiers de démarrage n’ont pas pu être copiés sur ${disk}.`,
      en: `The boot files could not be copied to ${disk}.`,
    }),
    fix: () => ({
      fr: 'Reprenez depuis le partitionnement ; si cela se répète, essayez un autre disque.',
      en: 'Retry from the partitioning step; if it happens again, try another disk.',
    }),
  },
  NVRAM_REFUSED: {
    message: ({ reason }: { reason: string }) => ({
      fr: `Le BIOS a refusé la nouvelle entrée de démarrage (${reason}) ; le fichier de secours EFI\\Boot\\bootx64.efi sera utilisé.`,
      en: `The firmware refused the new boot entry (${reason}); the fallback file EFI\\Boot\\bootx64.efi will be used.`,
    }),
    fix: () => ({
      fr: 'Rien à faire si le poste démarre ; sinon, choisissez le disque dans le menu de démarrage.',
      en: 'Nothing to do if the machine boots; otherwise choose the disk in the boot menu.',
    }),
  },
} satisfies Messages

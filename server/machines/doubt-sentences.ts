import type { Message, NoParams } from '../../text/messages.ts'
import type { DoubtReason } from './recognition.ts'

/** What a person reads about a doubt: what the two share, and how to find out. */
export const doubtSentences: Readonly<Record<DoubtReason, Message<NoParams>>> = {
  CLONES: {
    message: () => ({
      fr: 'Même UUID et même numéro de série, mais cartes réseau et disques tous différents.',
      en: 'The same UUID and serial number, but all network cards and disks are different.',
    }),
    fix: () => ({
      fr: 'Deux cartes mères jamais programmées, ou un seul poste dont tout a été changé ? Comparez les disques et les adresses MAC avec le poste devant vous.',
      en: 'Two boards nobody ever programmed, or one machine with everything replaced? Compare disks and MAC addresses with the machine in front of you.',
    }),
  },
  UUID: {
    message: () => ({
      fr: 'Même UUID, mais le reste ne dit pas que c’est le même poste.',
      en: 'The same UUID, but the rest does not say that it is the same machine.',
    }),
    fix: () => ({
      fr: 'Certains fabricants donnent un seul UUID à tout un lot. Comparez l’étiquette, les disques et les adresses MAC.',
      en: 'Some makers give a whole batch one UUID. Compare the label, the disks and the MAC addresses.',
    }),
  },
  SERIAL: {
    message: () => ({
      fr: 'Même numéro de série, mais le reste ne dit pas que c’est le même poste.',
      en: 'The same serial number, but the rest does not say that it is the same machine.',
    }),
    fix: () => ({
      fr: 'Carte mère remplacée, ou numéro donné deux fois ? Comparez l’étiquette, les disques et les adresses MAC.',
      en: 'A board replaced, or a number given twice? Compare the label, the disks and the MAC addresses.',
    }),
  },
  CARD: {
    message: () => ({
      fr: 'Même carte réseau, mais le reste ne dit pas que c’est le même poste.',
      en: 'The same network card, but the rest does not say that it is the same machine.',
    }),
    fix: () => ({
      fr: 'Une mise à jour du BIOS peut changer l’UUID ; une carte Wi-Fi ou PCIe peut passer d’un poste à l’autre. Avez-vous déplacé la carte ?',
      en: 'A firmware update may change the UUID; a Wi-Fi or PCIe card may go from one machine to another. Have you moved the card?',
    }),
  },
  DISK: {
    message: () => ({
      fr: 'Même disque, mais le reste ne dit pas que c’est le même poste.',
      en: 'The same disk, but the rest does not say that it is the same machine.',
    }),
    fix: () => ({
      fr: 'Le disque est-il passé d’un poste à l’autre, ou la carte mère a-t-elle été changée autour de lui ?',
      en: 'Has the disk gone from one machine to the other, or has the board been replaced around it?',
    }),
  },
  TWO_FIT: {
    message: () => ({
      fr: 'Un poste correspond à ces deux fiches à la fois.',
      en: 'One machine fits both of these records.',
    }),
    fix: () => ({
      fr: 'C’est le plus souvent un seul poste vu sous deux identités. Comparez ce que chaque fiche sait de lui.',
      en: 'Most often it is one machine seen under two identities. Compare what each record knows of it.',
    }),
  },
}

import { amount, type Messages } from '../../../text/messages.ts'
import { formatBytes } from '../../../text/quantities.ts'

/** Failures of fetching and writing the image. */
export const imageFailures = {
  IMAGE_MISSING: {
    message: ({ image }: { image: string }) => ({
      fr: `L’image ${image} n’est pas sur le serveur.`,
      en: `The image ${image} is not on the server.`,
    }),
    fix: () => ({
      fr: 'Vérifiez l’image dans le catalogue, puis relancez la préparation.',
      en: 'Check the image in the catalogue, then start the run again.',
    }),
  },
  IMAGE_NOT_CHOSEN: {
    message: () => ({
      fr: 'Aucune image n’a été choisie pour cette préparation.',
      en: 'No image was chosen for this run.',
    }),
    fix: () => ({
      fr: 'Lancez une nouvelle préparation en choisissant une image.',
      en: 'Start a new run and choose an image.',
    }),
  },
  IMAGE_TOO_LARGE_FOR_DISK: {
    message: ({ image, size, available }: { image: string; size: number; available: number }) => ({
      fr: `L’image ${image} occupe ${amount(size, formatBytes).fr} ; la partition Windows n’en offre que ${amount(available, formatBytes).fr}.`,
      en: `The image ${image} takes ${amount(size, formatBytes).en}; the Windows partition has only ${amount(available, formatBytes).en}.`,
    }),
    fix: () => ({
      fr: 'Montez un disque plus grand, ou choisissez une image plus petite.',
      en: 'Fit a larger disk, or choose a smaller image.',
    }),
  },
  IMAGE_HASH_MISMATCH: {
    message: ({ image }: { image: string }) => ({
      fr: `Ce qui est arrivé n’est pas l’image ${image} telle qu’elle est au catalogue. Le volume a été vidé.`,
      en: `What arrived is not the image ${image} as it is in the catalogue. The volume was wiped.`,
    }),
    fix: () => ({
      fr: 'Reprenez depuis le partitionnement ; si cela se répète, vérifiez l’image sur le serveur, puis câble et commutateur.',
      en: 'Retry from the partitioning step; if it happens again, verify the image on the server, then cable and switch.',
    }),
  },
  IMAGE_DOWNLOAD_INTERRUPTED: {
    message: ({ image, received, total }: { image: string; received: number; total: number }) => ({
      fr: `La réception de l’image ${image} s’est arrêtée à ${amount(received, formatBytes).fr} sur ${amount(total, formatBytes).fr}.`,
      en: `The download of the image ${image} stopped at ${amount(received, formatBytes).en} of ${amount(total, formatBytes).en}.`,
    }),
    fix: () => ({
      fr: 'Vérifiez le réseau et le serveur, puis reprenez depuis le partitionnement.',
      en: 'Check the network and the server, then retry from the partitioning step.',
    }),
  },
  IMAGE_APPLY_FAILED: {
    message: ({ image, disk, reason }: { image: string; disk: string; reason: string }) => ({
      fr: `L’écriture de l’image ${image} sur ${disk} a échoué : ${reason}`,
      en: `Writing the image ${image} to ${disk} failed: ${reason}`,
    }),
    fix: () => ({
      fr: 'Reprenez depuis le partitionnement ; si cela se répète, essayez un autre disque ou vérifiez l’image.',
      en: 'Retry from the partitioning step; if it happens again, try another disk or verify the image.',
    }),
  },
} satisfies Messages

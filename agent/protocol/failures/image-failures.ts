import { entry } from './failure-messages.ts'

/** Failures of fetching and writing the image. */
export const imageFailures = {
  IMAGE_MISSING: entry<'image'>(
    (p) => [
      `L’image ${p.text('image')} n’est pas sur le serveur.`,
      'Vérifiez l’image dans le catalogue, puis relancez la préparation.',
    ],
    (p) => [
      `The image ${p.text('image')} is not on the server.`,
      'Check the image in the catalogue, then start the run again.',
    ],
  ),
  IMAGE_NOT_CHOSEN: entry(
    () => [
      'Aucune image n’a été choisie pour cette préparation.',
      'Lancez une nouvelle préparation en choisissant une image.',
    ],
    () => ['No image was chosen for this run.', 'Start a new run and choose an image.'],
  ),
  IMAGE_TOO_LARGE_FOR_DISK: entry<'image' | 'size' | 'available'>(
    (p) => [
      `L’image ${p.text('image')} occupe ${p.bytes('size')} ; la partition Windows n’en offre que ${p.bytes('available')}.`,
      'Montez un disque plus grand, ou choisissez une image plus petite.',
    ],
    (p) => [
      `The image ${p.text('image')} takes ${p.bytes('size')}; the Windows partition has only ${p.bytes('available')}.`,
      'Fit a larger disk, or choose a smaller image.',
    ],
  ),
  IMAGE_HASH_MISMATCH: entry<'image' | 'expected' | 'actual'>(
    (p) => [
      `Ce qui est arrivé n’est pas l’image ${p.text('image')} telle qu’elle est au catalogue. Le volume a été vidé.`,
      'Reprenez depuis le partitionnement ; si cela se répète, vérifiez l’image sur le serveur, puis câble et commutateur.',
    ],
    (p) => [
      `What arrived is not the image ${p.text('image')} as it is in the catalogue. The volume was wiped.`,
      'Retry from the partitioning step; if it happens again, verify the image on the server, then cable and switch.',
    ],
  ),
  IMAGE_DOWNLOAD_INTERRUPTED: entry<'image' | 'received' | 'total'>(
    (p) => [
      `La réception de l’image ${p.text('image')} s’est arrêtée à ${p.bytes('received')} sur ${p.bytes('total')}.`,
      'Vérifiez le réseau et le serveur, puis reprenez depuis le partitionnement.',
    ],
    (p) => [
      `The download of the image ${p.text('image')} stopped at ${p.bytes('received')} of ${p.bytes('total')}.`,
      'Check the network and the server, then retry from the partitioning step.',
    ],
  ),
  IMAGE_APPLY_FAILED: entry<'image' | 'disk' | 'reason'>(
    (p) => [
      `L’écriture de l’image ${p.text('image')} sur ${p.text('disk')} a échoué : ${p.text('reason')}`,
      'Reprenez depuis le partitionnement ; si cela se répète, essayez un autre disque ou vérifiez l’image.',
    ],
    (p) => [
      `Writing the image ${p.text('image')} to ${p.text('disk')} failed: ${p.text('reason')}`,
      'Retry from the partitioning step; if it happens again, try another disk or verify the image.',
    ],
  ),
}

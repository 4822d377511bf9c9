import { entry, readerOf, type Entry, type Words } from './failure-words.ts'
import type { Failure } from './protocol.ts'

/** Every way a step can fail. A code is never used again for something else; the README lists them. */
const catalogue = {
  DISK_NONE: entry(
    () => [
      'Aucun disque interne sur lequel écrire n’a été trouvé.',
      'Vérifiez que le SSD est bien enfoncé et vissé, et visible dans le BIOS, puis reprenez la préparation.',
    ],
    () => [
      'No internal disk that may be written was found.',
      'Check that the SSD is seated, screwed down and visible in the firmware setup, then retry.',
    ],
  ),
  DISK_AMBIGUOUS: entry<'count'>(
    (p) => [
      `Ce poste a ${p.text('count')} disques. Choisissez celui à effacer.`,
      'Choisissez le disque dans la liste ; les autres ne seront pas touchés.',
    ],
    (p) => [
      `This machine has ${p.text('count')} disks. Choose the one to erase.`,
      'Choose the disk in the list; the others will not be touched.',
    ],
  ),
  DISK_TOO_SMALL: entry<'disk' | 'size' | 'needed'>(
    (p) => [
      `Le disque ${p.text('disk')} est trop petit : ${p.bytes('size')}, il faut au moins ${p.bytes('needed')}.`,
      'Montez un disque plus grand, ou choisissez une image plus petite.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is too small: ${p.bytes('size')}, and at least ${p.bytes('needed')} is needed.`,
      'Fit a larger disk, or choose a smaller image.',
    ],
  ),
  DISK_IN_USE: entry<'disk' | 'use'>(
    (p) => [
      `Le disque ${p.text('disk')} est en cours d’utilisation (${p.text('use')}) ; rien n’y a été écrit.`,
      'Redémarrez le poste sur le réseau, puis reprenez la préparation.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is in use (${p.text('use')}); nothing was written to it.`,
      'Restart the machine from the network, then retry.',
    ],
  ),
  DISK_IS_BOOT_MEDIUM: entry<'disk'>(
    (p) => [
      `Le disque ${p.text('disk')} est celui sur lequel ce poste a démarré ; il ne sera pas effacé.`,
      'Choisissez un autre disque, ou démarrez le poste par le réseau.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is the one this machine was started from; it will not be erased.`,
      'Choose another disk, or start the machine from the network.',
    ],
  ),
  DISK_REMOVABLE: entry<'disk'>(
    (p) => [
      `Le disque ${p.text('disk')} est amovible ; il ne sera pas effacé.`,
      'Retirez-le et choisissez un disque interne.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is removable; it will not be erased.`,
      'Unplug it and choose an internal disk.',
    ],
  ),
  DISK_GONE: entry<'disk'>(
    (p) => [
      `Le disque ${p.text('disk')} n’est pas ou n’est plus dans ce poste.`,
      'Vérifiez le disque et ses contacts, ou choisissez-en un autre, puis reprenez depuis le partitionnement.',
    ],
    (p) => [
      `The disk ${p.text('disk')} is not, or no longer, in this machine.`,
      'Check the disk and its connector, or choose another one, then retry from the partitioning step.',
    ],
  ),
  DISK_UNKNOWN: entry<'step'>(
    (p) => [
      `L’étape « ${p.text('step')} » ne sait pas quel disque écrire : il n’a pas été partitionné dans cette préparation.`,
      'Reprenez la préparation depuis l’étape « partition-disk », ou ajoutez-la à la séquence.',
    ],
    (p) => [
      `The step "${p.text('step')}" does not know which disk to write: none was partitioned in this run.`,
      'Retry from the step "partition-disk", or add it to the sequence.',
    ],
  ),
  STORAGE_HIDDEN: entry<'controller'>(
    (p) => [
      `Le contrôleur de stockage est en mode RAID ou VMD (${p.text('controller')}) et cache les disques.`,
      'Dans le BIOS, désactivez VMD/RAID (mode AHCI ou NVMe), ou donnez à Windows le pilote Intel RST et un disque visible ; puis redémarrez sur le réseau.',
    ],
    (p) => [
      `The storage controller is in RAID or VMD mode (${p.text('controller')}) and hides the disks.`,
      'In the firmware setup, switch VMD/RAID off (AHCI or NVMe mode), or fit a disk outside of it and give Windows the Intel RST driver; then restart from the network.',
    ],
  ),
  MEMORY_TOO_SMALL: entry<'size' | 'needed'>(
    (p) => [
      `Ce poste a ${p.memory('size')} de mémoire ; il en faut au moins ${p.memory('needed')}.`,
      'Ajoutez de la mémoire, ou vérifiez que chaque barrette est bien enfoncée.',
    ],
    (p) => [
      `This machine has ${p.memory('size')} of memory; at least ${p.memory('needed')} is needed.`,
      'Add memory, or check that every module is seated.',
    ],
  ),
  TPM_MISSING: entry<'found'>(
    (p) => [
      `Ce poste n’a pas de TPM 2.0 utilisable (trouvé : ${p.text('found')}).`,
      'Activez le TPM (Intel PTT ou AMD fTPM) dans le BIOS, puis redémarrez sur le réseau.',
    ],
    (p) => [
      `This machine has no usable TPM 2.0 (found: ${p.text('found')}).`,
      'Switch the TPM on in the firmware setup (Intel PTT or AMD fTPM), then restart from the network.',
    ],
  ),
  SECURE_BOOT_OFF: entry<'state'>(
    (p) => [
      `Le démarrage sécurisé (Secure Boot) n’est pas actif sur ce poste (état : ${p.text('state')}).`,
      'Activez Secure Boot dans le BIOS avec les clés d’usine, puis redémarrez sur le réseau.',
    ],
    (p) => [
      `Secure Boot is not on in this machine (state: ${p.text('state')}).`,
      'Switch Secure Boot on in the firmware setup with the factory keys, then restart from the network.',
    ],
  ),
  PARTITION_FAILED: entry<'disk' | 'program'>(
    (p) => [
      `Le disque ${p.text('disk')} n’a pas pu être partitionné (${p.text('program')}).`,
      'Reprenez l’étape ; si elle échoue encore, essayez un autre disque : celui-ci est peut-être défectueux.',
    ],
    (p) => [
      `The disk ${p.text('disk')} could not be partitioned (${p.text('program')}).`,
      'Retry the step; if it fails again, try another disk: this one may be broken.',
    ],
  ),
  FORMAT_FAILED: entry<'disk' | 'volume' | 'program'>(
    (p) => [
      `La partition ${p.text('volume')} du disque ${p.text('disk')} n’a pas pu être formatée (${p.text('program')}).`,
      'Reprenez depuis le partitionnement ; si l’échec se répète, essayez un autre disque.',
    ],
    (p) => [
      `The ${p.text('volume')} partition of the disk ${p.text('disk')} could not be formatted (${p.text('program')}).`,
      'Retry from the partitioning step; if it fails again, try another disk.',
    ],
  ),
  MOUNT_FAILED: entry<'disk' | 'volume'>(
    (p) => [
      `La partition ${p.text('volume')} du disque ${p.text('disk')} n’a pas pu être ouverte.`,
      'Reprenez depuis le partitionnement.',
    ],
    (p) => [
      `The ${p.text('volume')} partition of the disk ${p.text('disk')} could not be opened.`,
      'Retry from the partitioning step.',
    ],
  ),
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
  COMMAND_FAILED: entry<'command' | 'code'>(
    (p) => [
      `La commande « ${p.text('command')} » a échoué (code ${p.text('code')}).`,
      'Lisez le journal de l’étape, corrigez la commande dans la séquence, puis reprenez.',
    ],
    (p) => [
      `The command "${p.text('command')}" failed (code ${p.text('code')}).`,
      'Read the step’s log, correct the command in the sequence, then retry.',
    ],
  ),
  PROGRAM_MISSING: entry<'program'>(
    (p) => [
      `Le programme ${p.text('program')} n’est pas dans l’environnement de préparation.`,
      'Mettez à jour l’environnement de préparation sur le serveur, puis redémarrez le poste sur le réseau.',
    ],
    (p) => [
      `The program ${p.text('program')} is not in the environment.`,
      'Update the environment on the server, then restart the machine from the network.',
    ],
  ),
  INPUT_INVALID: entry<'step'>(
    (p) => [
      `Les réglages de l’étape « ${p.text('step')} » ne sont pas valables.`,
      'Corrigez l’étape dans la séquence, puis lancez une nouvelle préparation.',
    ],
    (p) => [
      `The settings of the step "${p.text('step')}" are not valid.`,
      'Correct the step in the sequence, then start a new run.',
    ],
  ),
  STEP_UNKNOWN: entry<'step'>(
    (p) => [
      `Ce poste ne connaît pas l’étape « ${p.text('step')} ».`,
      'Redémarrez le poste sur le réseau pour qu’il prenne la version actuelle de l’environnement.',
    ],
    (p) => [
      `This machine does not know the step "${p.text('step')}".`,
      'Restart the machine from the network, so that it takes the current environment.',
    ],
  ),
  STEP_CANCELLED: entry<'step' | 'reason'>(
    (p) => [
      `L’étape « ${p.text('step')} » a été arrêtée (${p.text('reason')}).`,
      'Lancez une nouvelle préparation quand vous le voulez.',
    ],
    (p) => [`The step "${p.text('step')}" was stopped (${p.text('reason')}).`, 'Start a new run whenever you like.'],
  ),
  STEP_CRASHED: entry<'step'>(
    (p) => [
      `L’étape « ${p.text('step')} » s’est arrêtée sur une erreur imprévue.`,
      'Reprenez l’étape ; si cela se répète, envoyez le journal de la préparation aux auteurs d’Etabli.',
    ],
    (p) => [
      `The step "${p.text('step')}" ended with an unexpected error.`,
      'Retry the step; if it happens again, send the run’s log to the authors of Etabli.',
    ],
  ),
  RESULT_REFUSED: entry<'step' | 'status'>(
    (p) => [
      `Le serveur a refusé le résultat de l’étape « ${p.text('step')} » (statut ${p.text('status')}).`,
      'Mettez le serveur et l’environnement à la même version, puis reprenez l’étape.',
    ],
    (p) => [
      `The server refused the result of the step "${p.text('step')}" (status ${p.text('status')}).`,
      'Bring server and environment to the same version, then retry the step.',
    ],
  ),
} satisfies Record<string, Entry<never>>

export type FailureCode = keyof typeof catalogue

/** The parameters a code's sentences are made of. */
export type FailureParams<C extends FailureCode> = Readonly<
  Record<(typeof catalogue)[C] extends Entry<infer Name> ? Name : never, string | number | boolean>
>

/** All the codes there are. */
export const failureCodes: readonly string[] = Object.keys(catalogue)

const unknown = entry<'code'>(
  (p) => [
    `Une erreur inconnue de cette version est survenue (${p.text('code')}).`,
    'Lisez le journal de l’étape, puis reprenez ; mettez à jour le serveur si le code reste inconnu.',
  ],
  (p) => [
    `Something went wrong that this version does not know (${p.text('code')}).`,
    'Read the step’s log, then retry; update the server if the code stays unknown.',
  ],
)

/** A failure as data. `detail` is the program's own last words, for the log; `choice` is what a person can choose. */
export function failure<C extends FailureCode>(
  code: C,
  params: FailureParams<C>,
  more: Pick<Failure, 'detail' | 'choice'> = {},
): Failure {
  return { code, params: { ...params }, ...more }
}

/** The sentence and the fix of any failure, also of one that an agent of another version made. */
export function describeFailure(failure: Failure): Words {
  const params = { ...failure.params, code: failure.code }
  const known = isKnown(failure.code) ? catalogue[failure.code] : unknown
  return known.words(readerOf(params, 'fr'), readerOf(params, 'en'))
}

function isKnown(code: string): code is FailureCode {
  return Object.hasOwn(catalogue, code)
}

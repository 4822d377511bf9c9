import { entry } from './failure-messages.ts'

/** Failures of fetching drivers, software, updates and the agent itself. */
export const materialFailures = {
  MATERIAL_MISSING: entry<'file'>(
    (p) => [
      `Le fichier ${p.text('file')} n’est plus sur le serveur.`,
      'Vérifiez le catalogue, puis relancez la préparation : elle reprend ce qui s’y trouve maintenant.',
    ],
    (p) => [
      `The file ${p.text('file')} is no longer on the server.`,
      'Check the catalogue, then start the run again: it takes what is there now.',
    ],
  ),
  MATERIAL_INTERRUPTED: entry<'file' | 'received' | 'total'>(
    (p) => [
      `La réception de ${p.text('file')} s’est arrêtée à ${p.bytes('received')} sur ${p.bytes('total')}.`,
      'Vérifiez le réseau et le serveur, puis reprenez l’étape.',
    ],
    (p) => [
      `The download of ${p.text('file')} stopped at ${p.bytes('received')} of ${p.bytes('total')}.`,
      'Check the network and the server, then retry the step.',
    ],
  ),
  MATERIAL_CHANGED: entry<'file' | 'expected' | 'actual'>(
    (p) => [
      `Le fichier ${p.text('file')} n’est plus celui que la préparation a retenu à son départ.`,
      'Lancez une nouvelle préparation ; elle prendra le fichier d’aujourd’hui.',
    ],
    (p) => [
      `The file ${p.text('file')} is not the one the run has pinned at its start.`,
      'Start a new run; it will take the file of today.',
    ],
  ),
  MATERIAL_DISK_FULL: entry<'file' | 'size'>(
    (p) => [
      `Le disque du poste est plein : le fichier ${p.text('file')} (${p.bytes('size')}) n’y tient plus.`,
      'Faites de la place ou mettez un disque plus grand, puis reprenez l’étape.',
    ],
    (p) => [
      `The machine’s disk is full: there is no room for the file ${p.text('file')} (${p.bytes('size')}).`,
      'Make room or fit a larger disk, then retry the step.',
    ],
  ),
  MATERIAL_NOT_WRITTEN: entry<'file' | 'reason'>(
    (p) => [
      `Le fichier ${p.text('file')} n’a pas pu être écrit sur le disque (${p.text('reason')}).`,
      'Vérifiez la place libre sur le disque, puis reprenez l’étape.',
    ],
    (p) => [
      `The file ${p.text('file')} could not be written to the disk (${p.text('reason')}).`,
      'Check the free space on the disk, then retry the step.',
    ],
  ),
}

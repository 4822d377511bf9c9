import type { Sentence } from '../../../text/sentence.ts'

/** What an HRESULT of Windows Update asks for. */
export type Trouble =
  | 'network'
  | 'server'
  | 'busy'
  | 'setup-running'
  | 'clock'
  | 'service-off'
  | 'restart-first'
  | 'disk-full'
  | 'not-applicable'
  | 'other'

type Row = readonly [trouble: Trouble, fr: string, en: string]

/**
 * wuerror.h, winerror.h and wininet.h, as Microsoft words them under "Windows Update error reference" and "WUA success
 * and error codes"; those a workshop meets.
 */
const rows: ReadonlyMap<number, Row> = new Map<number, Row>([
  [0x8024402c, ['network', 'nom du serveur introuvable (DNS)', 'server name not found (DNS)']],
  [0x80072ee7, ['network', 'nom du serveur introuvable (DNS)', 'server name not found (DNS)']],
  [0x80072ee2, ['network', 'le serveur ne répond pas à temps', 'the server does not answer in time']],
  [0x80072efd, ['network', 'connexion impossible', 'no connection']],
  [0x80072efe, ['network', 'connexion coupée', 'connection broken off']],
  [0x80072eff, ['network', 'connexion coupée', 'connection broken off']],
  [0x80072f78, ['network', 'réponse du serveur illisible', 'the server’s answer cannot be read']],
  [0x80240438, ['network', 'aucune route vers le serveur', 'no route to the server']],
  [0x80240440, ['network', 'connexion coupée', 'connection broken off']],
  [0x80200053, ['network', 'téléchargement interrompu', 'download interrupted']],
  [0x80d02002, ['network', 'téléchargement sans avancée', 'download without progress']],
  [0x80d05001, ['network', 'serveur de téléchargement injoignable', 'download server out of reach']],
  [0x8024401c, ['server', 'le serveur a été trop lent (408)', 'the server was too slow (408)']],
  [0x8024401f, ['server', 'erreur du serveur (500)', 'server error (500)']],
  [0x80244021, ['server', 'passerelle en défaut (502)', 'bad gateway (502)']],
  [0x80244022, ['server', 'serveur surchargé (503)', 'server overloaded (503)']],
  [0x80244023, ['server', 'passerelle trop lente (504)', 'gateway too slow (504)']],
  [0x8024402d, ['server', 'serveur surchargé', 'server overloaded']],
  [
    0x80244010,
    [
      'server',
      'trop d’allers-retours ; la recherche continue au prochain essai',
      'too many round trips; the search goes on at the next try',
    ],
  ],
  [0x8024001e, ['busy', 'le service Windows Update s’arrête', 'the Windows Update service is stopping']],
  [0x80240009, ['busy', 'une autre opération est en cours', 'another operation is under way']],
  [0x8024001b, ['busy', 'Windows Update se met à jour lui-même', 'Windows Update is updating itself']],
  [0x8024000b, ['busy', 'opération annulée', 'operation cancelled']],
  [0x80240001, ['busy', 'le service Windows Update n’est pas prêt', 'the Windows Update service is not ready']],
  [0x8024a000, ['busy', 'le service Windows Update n’est pas prêt', 'the Windows Update service is not ready']],
  [0x80070652, ['busy', 'une autre installation est en cours', 'another installation is under way']],
  [0x8024004a, ['setup-running', 'Windows termine son installation', 'Windows is finishing its setup']],
  [
    0x80072f8f,
    ['clock', 'date ou heure du poste fausse, ou certificat refusé', 'wrong date or time, or certificate refused'],
  ],
  [
    0x80072f05,
    [
      'clock',
      'date ou heure du poste fausse : certificat hors de ses dates',
      'wrong date or time: the certificate is outside its dates',
    ],
  ],
  [
    0x800b0101,
    [
      'clock',
      'date ou heure du poste fausse : certificat hors de ses dates',
      'wrong date or time: the certificate is outside its dates',
    ],
  ],
  [
    0x80090328,
    ['clock', 'date ou heure du poste fausse : certificat expiré', 'wrong date or time: certificate expired'],
  ],
  [0x8024401b, ['server', 'le proxy demande une identification (407)', 'the proxy asks for credentials (407)']],
  [0x80244016, ['server', 'demande refusée (400)', 'request refused (400)']],
  [
    0x80244017,
    ['server', 'accès refusé par le serveur ou un proxy (401)', 'access refused by the server or a proxy (401)'],
  ],
  [
    0x80244018,
    ['server', 'accès interdit par le serveur ou un proxy (403)', 'access forbidden by the server or a proxy (403)'],
  ],
  [0x80244019, ['server', 'fichier introuvable sur le serveur (404)', 'file not found on the server (404)']],
  [0x8024401d, ['server', 'conflit sur le serveur (409)', 'conflict on the server (409)']],
  [0x8024401e, ['server', 'fichier retiré du serveur (410)', 'file gone from the server (410)']],
  [0x80244020, ['server', 'demande inconnue du serveur (501)', 'request unknown to the server (501)']],
  [0x80244024, ['server', 'version refusée par le serveur (505)', 'version refused by the server (505)']],
  [0x8024402f, ['server', 'fichier refusé par un proxy ou un filtre', 'file refused by a proxy or a filter']],
  [
    0x80072f0d,
    [
      'network',
      'certificat inconnu : un proxy ou un antivirus inspecte la connexion',
      'unknown certificate: a proxy or an antivirus inspects the connection',
    ],
  ],
  [
    0x80072f06,
    [
      'network',
      'certificat d’un autre nom : un proxy ou un portail inspecte la connexion',
      'certificate of another name: a proxy or a portal inspects the connection',
    ],
  ],
  [0x80070bc9, ['restart-first', 'un redémarrage est attendu', 'a restart is due']],
  [0x80070644, ['restart-first', 'un redémarrage est attendu', 'a restart is due']],
  [
    0x80070643,
    [
      'other',
      'l’installateur de la mise à jour a échoué (1603) ; pour WinRE, partition de récupération trop petite',
      'the update’s installer failed (1603); for WinRE, the recovery partition is too small',
    ],
  ],
  [0x80070641, ['other', 'service Windows Installer injoignable', 'Windows Installer service out of reach']],
  [0x80070642, ['other', 'installation refusée à l’écran', 'installation refused on the screen']],
  [0x80070002, ['other', 'fichier de la mise à jour introuvable', 'file of the update not found']],
  [0x80070003, ['other', 'dossier de la mise à jour introuvable', 'folder of the update not found']],
  [0x8007000d, ['other', 'données de la mise à jour invalides', 'invalid data of the update']],
  [
    0x80070020,
    [
      'other',
      'fichier tenu par un autre programme (souvent : antivirus)',
      'file held by another program (often: antivirus)',
    ],
  ],
  [0x800705b4, ['other', 'délai dépassé', 'timed out']],
  [0x80240022, ['other', 'toutes les mises à jour demandées ont échoué', 'all updates asked for failed']],
  [0x80242016, ['other', 'état inattendu après le redémarrage', 'unexpected state after the restart']],
  [0x80246007, ['other', 'mise à jour non téléchargée', 'update not downloaded']],
  [0x800f0988, ['other', 'magasin de composants incomplet', 'component store incomplete']],
  [
    0x800f0984,
    ['other', 'fichier de base manquant dans le magasin de composants', 'base file missing in the component store'],
  ],
  [0x8007371b, ['other', 'transaction de composants incomplète', 'component transaction incomplete']],
  [0x80070422, ['service-off', 'service Windows Update désactivé', 'Windows Update service disabled']],
  [0x8024002e, ['service-off', 'Windows Update interdit par une stratégie', 'Windows Update forbidden by a policy']],
  [0x8024500c, ['service-off', 'Windows Update interdit par une stratégie', 'Windows Update forbidden by a policy']],
  [0x80240016, ['restart-first', 'un redémarrage est attendu', 'a restart is due']],
  [0x800f0806, ['restart-first', 'un redémarrage est attendu', 'a restart is due']],
  [0x800f082f, ['restart-first', 'un redémarrage est attendu', 'a restart is due']],
  [0x80070070, ['disk-full', 'disque plein', 'disk full']],
  [0x800f0828, ['disk-full', 'disque plein', 'disk full']],
  [0x80240017, ['not-applicable', 'ne s’applique pas à ce Windows', 'does not apply to this Windows']],
  [0x800f081e, ['not-applicable', 'ne s’applique pas à ce Windows', 'does not apply to this Windows']],
  [0x8024200b, ['other', 'l’installateur de la mise à jour a échoué', 'the update’s installer failed']],
  [0x80242014, ['restart-first', 'un redémarrage est attendu', 'a restart is due']],
  [
    0x800f0922,
    [
      'other',
      'échec de l’installation (souvent : partition EFI pleine)',
      'installation failed (often: EFI partition full)',
    ],
  ],
  [0x800f0831, ['other', 'magasin de composants incomplet', 'component store incomplete']],
  [0x80073712, ['other', 'magasin de composants endommagé', 'component store damaged']],
  [0x80070005, ['other', 'accès refusé', 'access denied']],
  [0x80070103, ['not-applicable', 'un pilote aussi récent est déjà là', 'a driver as new is there already']],
])

/** The kind of trouble an HRESULT, signed or not, stands for. Pure. */
export function troubleOf(code: number): Trouble {
  return rows.get(code >>> 0)?.[0] ?? 'other'
}

/** `0x80240438`, as people look it up. */
export function hresultText(code: number): string {
  return `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`
}

/** An HRESULT as a sentence, with its number; by its number alone where it is rare. */
export function hresultMessage(code: number): Sentence {
  const [, fr, en] = rows.get(code >>> 0) ?? []
  const text = hresultText(code)
  if (fr === undefined || en === undefined) return { fr: `code ${text}`, en: `code ${text}` }
  return { fr: `${fr} (${text})`, en: `${en} (${text})` }
}

/** Everything a NUC's `ready` rests on when the whole sequence has gone through: each item with its verdict. */
export const completeEvidence: Readonly<Record<string, string>> = {
  ...verdicts('passed', [
    ...[
      'edition',
      'update-level',
      'activation',
      'updates',
      'restart-pending',
      'device-problems',
      'driver-display',
      'disk-health',
    ],
    ...['free-space', 'wifi', 'bluetooth', 'secure-boot', 'tpm', 'device-encryption', 'first-sign-in', 'recovery'],
    ...['software:teamviewer-host', 'shortcut:teamviewer-host', 'report:teamViewerId'],
    ...['app:Microsoft.BingNews', 'app:Microsoft.XboxGamingOverlay', 'capability:App.Support.QuickAssist'],
  ]),
  ...verdicts('noted', [
    ...[
      'driver-network',
      'driver-storage',
      'driver-audio',
      'processor',
      'memory',
      'boot-manager',
      'firmware',
      'smart-app-control',
      'shop',
    ],
    ...['image', 'time-environment', 'time-windows', 'people'],
  ]),
}

function verdicts(verdict: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, verdict]))
}

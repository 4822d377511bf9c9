import { CodedError, type Messages } from '../../text/messages.ts'

/** What keeps an agent from speaking to what answers at its server's address; shown on the machine's own screen. */
export const connectionErrors = {
  SERVER_KEY_WRONG: {
    message: ({ server }: { server: string }) => ({
      fr: `Ce qui répond à ${server} n’a pas la clé du serveur Établi : rien ne lui est dit.`,
      en: `What answers at ${server} does not have the key of the Établi server: it is told nothing.`,
    }),
    fix: () => ({
      fr: 'Cherchez l’appareil qui a pris cette adresse. Si la clé du serveur a été refaite, redémarrez ce poste par le réseau.',
      en: 'Look for the device that took this address. If the server’s key was made anew, restart this machine from the network.',
    }),
  },
} satisfies Messages

/** The server's address leads to somebody else; nothing was sent. */
export class ServerKeyError extends CodedError {
  constructor(server: string) {
    super(connectionErrors, 'SERVER_KEY_WRONG', { server })
    this.name = 'ServerKeyError'
  }
}

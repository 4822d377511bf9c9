import type { Messages } from '../../text/messages.ts'

/** What each problem of the settings says to a person, and what to do about it. */
export const settingsProblems = {
  COMPUTER_NAME_EMPTY: {
    message: () => ({ fr: 'Le nom du poste est vide.', en: 'The computer name is empty.' }),
    fix: () => ({
      fr: 'Donnez un nom de 15 caractères au plus, ou * pour laisser Windows choisir.',
      en: 'Give a name of at most 15 characters, or * to let Windows choose.',
    }),
  },
  COMPUTER_NAME_TOO_LONG: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » dépasse 15 caractères.`,
      en: `“${name}” is longer than 15 characters.`,
    }),
    fix: () => ({ fr: 'Raccourcissez le nom du poste.', en: 'Shorten the computer name.' }),
  },
  COMPUTER_NAME_CHARACTERS: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » contient un caractère interdit dans le nom d’un poste.`,
      en: `“${name}” holds a character a computer name must not have.`,
    }),
    fix: () => ({
      fr: 'N’utilisez que des lettres sans accent, des chiffres et le tiret.',
      en: 'Use only letters without accents, digits and the hyphen.',
    }),
  },
  COMPUTER_NAME_DIGITS_ONLY: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » n’est fait que de chiffres ; Windows refuse un tel nom.`,
      en: `“${name}” is made of digits only; Windows refuses such a name.`,
    }),
    fix: () => ({ fr: 'Ajoutez au moins une lettre.', en: 'Add at least one letter.' }),
  },
  COMPUTER_NAME_HYPHEN: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » commence ou finit par un tiret.`,
      en: `“${name}” begins or ends with a hyphen.`,
    }),
    fix: () => ({ fr: 'Retirez ce tiret.', en: 'Remove that hyphen.' }),
  },
  COMPUTER_NAME_RESERVED: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » est un nom que Windows garde pour lui.`,
      en: `“${name}” is a name Windows keeps for itself.`,
    }),
    fix: () => ({ fr: 'Choisissez un autre nom de poste.', en: 'Choose another computer name.' }),
  },
  ACCOUNT_NAME_EMPTY: {
    message: () => ({ fr: 'Le nom du compte est vide.', en: 'The account name is empty.' }),
    fix: () => ({ fr: 'Donnez un nom de 20 caractères au plus.', en: 'Give a name of at most 20 characters.' }),
  },
  ACCOUNT_NAME_TOO_LONG: {
    message: ({ name }: { name: string }) => ({
      fr: `Le nom de compte « ${name} » dépasse 20 caractères.`,
      en: `The account name “${name}” is longer than 20 characters.`,
    }),
    fix: () => ({
      fr: 'Raccourcissez-le ; le nom affiché peut être plus long.',
      en: 'Shorten it; the display name may be longer.',
    }),
  },
  ACCOUNT_NAME_CHARACTERS: {
    message: ({ name }: { name: string }) => ({
      fr: `Le nom de compte « ${name} » contient un caractère interdit.`,
      en: `The account name “${name}” holds a forbidden character.`,
    }),
    fix: () => ({
      fr: 'Retirez les signes de ponctuation comme les barres, les crochets, l’arobase ou le pour cent.',
      en: 'Remove punctuation such as slashes, brackets, the at sign or the percent sign.',
    }),
  },
  ACCOUNT_NAME_DOTS_AND_SPACES: {
    message: ({ name }: { name: string }) => ({
      fr: `Le nom de compte « ${name} » commence ou finit par une espace, finit par un point, ou n’a rien d’autre.`,
      en: `The account name “${name}” begins or ends with a space, ends with a dot, or holds nothing else.`,
    }),
    fix: () => ({ fr: 'Retirez ces points et ces espaces.', en: 'Remove those dots and spaces.' }),
  },
  ACCOUNT_NAME_BUILT_IN: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » existe déjà dans tout Windows, comme compte ou comme groupe.`,
      en: `“${name}” exists in every Windows, as an account or a group.`,
    }),
    fix: () => ({ fr: 'Choisissez un autre nom de compte.', en: 'Choose another account name.' }),
  },
  ACCOUNT_NAME_COMPUTER_NAME: {
    message: ({ name }: { name: string }) => ({
      fr: `Le compte et le poste portent le même nom, « ${name} ».`,
      en: `The account and the computer have the same name, “${name}”.`,
    }),
    fix: () => ({ fr: 'Changez l’un des deux noms.', en: 'Change one of the two names.' }),
  },
  DISPLAY_NAME_INVALID: {
    message: () => ({
      fr: 'Le nom affiché du compte est trop long, blanc, ou contient un caractère de contrôle.',
      en: 'The account’s display name is too long, blank, or holds a control character.',
    }),
    fix: ({ longest }: { longest: string }) => ({
      fr: `Donnez un texte simple de ${longest} caractères au plus.`,
      en: `Give plain text of at most ${longest} characters.`,
    }),
  },
  PASSWORD_EMPTY: {
    message: () => ({ fr: 'Le compte n’a pas de mot de passe.', en: 'The account has no password.' }),
    fix: () => ({ fr: 'Laissez Établi en créer un au hasard.', en: 'Let Établi make a random one.' }),
  },
  PASSWORD_TOO_LONG: {
    message: ({ longest }: { longest: string }) => ({
      fr: `Le mot de passe dépasse ${longest} caractères.`,
      en: `The password is longer than ${longest} characters.`,
    }),
    fix: () => ({ fr: 'Raccourcissez-le.', en: 'Shorten it.' }),
  },
  PASSWORD_CHARACTERS: {
    message: () => ({
      fr: 'Le mot de passe contient un caractère que l’on ne peut pas taper.',
      en: 'The password holds a character that cannot be typed.',
    }),
    fix: () => ({ fr: 'Choisissez un autre mot de passe.', en: 'Choose another password.' }),
  },
  TIME_ZONE_UNKNOWN: {
    message: ({ name }: { name: string }) => ({
      fr: `Windows ne connaît pas le fuseau horaire « ${name} ».`,
      en: `Windows does not know the time zone “${name}”.`,
    }),
    fix: () => ({
      fr: 'Prenez un nom de la liste, par exemple Romance Standard Time pour Paris.',
      en: 'Take a name from the list, for example Romance Standard Time for Paris.',
    }),
  },
  LANGUAGE_INVALID: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » n’est pas une langue de Windows.`,
      en: `“${name}” is not a language of Windows.`,
    }),
    fix: () => ({ fr: 'Écrivez-la comme fr-FR.', en: 'Write it like fr-FR.' }),
  },
  LANGUAGE_NOT_IN_IMAGE: {
    message: ({ languages, name }: { languages: string; name: string }) => ({
      fr: `L’image ne contient pas la langue ${name}, seulement ${languages}.`,
      en: `The image does not hold the language ${name}, only ${languages}.`,
    }),
    fix: () => ({
      fr: 'Choisissez une langue de l’image, ou une autre image.',
      en: 'Choose a language of the image, or another image.',
    }),
  },
  LOCALE_INVALID: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » n’est pas un format régional.`,
      en: `“${name}” is not a regional format.`,
    }),
    fix: () => ({ fr: 'Écrivez-le comme fr-FR.', en: 'Write it like fr-FR.' }),
  },
  KEYBOARD_INVALID: {
    message: ({ name }: { name: string }) => ({
      fr: `« ${name} » n’est pas un clavier.`,
      en: `“${name}” is not a keyboard.`,
    }),
    fix: () => ({
      fr: 'Écrivez-le comme 040c:0000040c, ou prenez celui de la langue.',
      en: 'Write it like 040c:0000040c, or take the one of the language.',
    }),
  },
  PRODUCT_KEY_MALFORMED: {
    message: () => ({
      fr: 'La clé de produit n’a pas la forme de cinq groupes de cinq caractères.',
      en: 'The product key is not five groups of five characters.',
    }),
    fix: () => ({
      fr: 'Recopiez la clé de son étiquette ou de sa facture.',
      en: 'Copy the key from its label or invoice again.',
    }),
  },
  OEM_TEXT_INVALID: {
    message: () => ({
      fr: 'Une ligne des coordonnées du magasin est trop longue, blanche, ou contient un caractère de contrôle.',
      en: 'A line of the shop’s details is too long, blank, or holds a control character.',
    }),
    fix: ({ longest }: { longest: string }) => ({
      fr: `Donnez un texte simple de ${longest} caractères au plus.`,
      en: `Give plain text of at most ${longest} characters.`,
    }),
  },
  COMMAND_EMPTY: {
    message: () => ({ fr: 'Une commande est vide.', en: 'A command is empty.' }),
    fix: () => ({ fr: 'Écrivez la commande, ou retirez la ligne.', en: 'Write the command, or remove the line.' }),
  },
  COMMAND_TOO_LONG: {
    message: ({ length, longest }: { length: string; longest: string }) => ({
      fr: `Une commande a ${length} caractères ; Windows en accepte ${longest} ici.`,
      en: `A command has ${length} characters; Windows takes ${longest} here.`,
    }),
    fix: () => ({
      fr: 'Mettez-la dans un fichier de script et lancez ce fichier.',
      en: 'Put it into a script file and start that file.',
    }),
  },
  COMMAND_CHARACTERS: {
    message: () => ({
      fr: 'Une commande contient un retour à la ligne ou un caractère de contrôle.',
      en: 'A command holds a line break or a control character.',
    }),
    fix: () => ({ fr: 'Écrivez-la sur une seule ligne.', en: 'Write it on a single line.' }),
  },
  TOO_MANY_COMMANDS: {
    message: ({ most }: { most: string }) => ({
      fr: `Il y a plus de ${most} commandes.`,
      en: `There are more than ${most} commands.`,
    }),
    fix: () => ({ fr: 'Réunissez-les dans un script.', en: 'Bring them together in a script.' }),
  },
  AUTO_LOGON_COUNT: {
    message: ({ most }: { most: string }) => ({
      fr: `Le nombre d’ouvertures de session automatiques n’est pas entre 1 et ${most}.`,
      en: `The number of automatic logons is not between 1 and ${most}.`,
    }),
    fix: () => ({ fr: 'Donnez un nombre entier, en général 1.', en: 'Give a whole number, 1 in general.' }),
  },
  AUTO_LOGON_IN_AUDIT: {
    message: () => ({ fr: 'Le mode audit ouvre sa session lui-même.', en: 'Audit mode signs on by itself.' }),
    fix: () => ({
      fr: 'Retirez l’ouverture de session automatique, ou choisissez un compte local.',
      en: 'Remove the automatic logon, or choose a local account.',
    }),
  },
  FIRST_LOGON_IN_AUDIT: {
    message: () => ({
      fr: 'Le mode audit n’exécute pas la commande de première ouverture de session.',
      en: 'Audit mode does not run the command of the first logon.',
    }),
    fix: () => ({
      fr: 'Placez la commande dans la phase specialize, ou choisissez un compte local.',
      en: 'Move the command to the specialize pass, or choose a local account.',
    }),
  },
} satisfies Messages

import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { applyImage } from './apply-image.ts'

const Text = Type.String({ minLength: 1, maxLength: 256 })
const exact = { additionalProperties: false }

/** What the shop leaves in Windows' own "About" page. */
export const OemInput = Type.Object(
  {
    manufacturer: Type.Optional(Text),
    model: Type.Optional(Text),
    supportPhone: Type.Optional(Text),
    supportHours: Type.Optional(Text),
    supportUrl: Type.Optional(Text),
  },
  exact,
)

export const PrepareWindowsInput = Type.Object(
  {
    /** A local administrator, or audit mode; local by default. */
    account: Type.Optional(Type.Union([Type.Literal('local'), Type.Literal('audit')])),
    /** Of the account; `Utilisateur` by default. Its password is made for the run and told to nobody. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
    displayName: Type.Optional(Text),
    /** Fixed, or with `{serial}`, `{mac}`, `{model}`, which are cut to what a name may hold; the variable `computerName` by default. */
    computerName: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** `fr-FR`; the variable `locale`, else the image's language by default. */
    locale: Type.Optional(Type.String({ minLength: 2, maxLength: 32 })),
    /** Of the menus; the locale's by default. */
    language: Type.Optional(Type.String({ minLength: 2, maxLength: 32 })),
    /** `040c:0000040c`; the locale's usual one by default. */
    keyboard: Type.Optional(Type.String({ minLength: 2, maxLength: 64 })),
    /** Windows' name; the variable `timezone` by default. */
    timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /**
     * Where the product key comes from. `automatic`, the default: the firmware's if it has one, else one that
     * installs the edition and activates nothing. Or the key itself. One that is secret is given in Windows, by a
     * script: the environment gets no secrets.
     */
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    oem: Type.Optional(OemInput),
  },
  exact,
)
export type PrepareWindowsInput = Static<typeof PrepareWindowsInput>

/** Writes the answer file and the agent to the disk, so that Windows comes up by itself and the run goes on in it. */
export const prepareWindows = defineStep({
  type: 'prepare-windows',
  phases: ['environment'],
  title: { fr: 'Préparer Windows', en: 'Prepare Windows' },
  input: PrepareWindowsInput,
  fields: {
    account: {
      label: { fr: 'Première session', en: 'First session' },
      expects: { fr: '« local » ou « audit »', en: '"local" or "audit"' },
      choices: {
        local: { fr: 'un compte administrateur local', en: 'a local administrator' },
        audit: { fr: 'le mode audit', en: 'audit mode' },
      },
      standard: 'local',
    },
    name: {
      label: { fr: 'Nom du compte', en: 'Account name' },
      expects: { fr: 'un nom de compte de 1 à 20 caractères', en: 'an account name of 1 to 20 characters' },
      standard: 'Utilisateur',
    },
    displayName: {
      label: { fr: 'Nom affiché', en: 'Displayed name' },
      expects: { fr: 'un nom de 1 à 256 caractères', en: 'a name of 1 to 256 characters' },
    },
    computerName: {
      label: { fr: 'Nom du PC', en: 'Computer name' },
      expects: { fr: 'un nom, par exemple « PC-{serial} »', en: 'a name, for example "PC-{serial}"' },
      help: {
        fr: '{serial}, {mac} et {model} sont raccourcis pour tenir en 15 caractères. Sans lui, la variable « computerName ».',
        en: '{serial}, {mac} and {model} are cut to fit 15 characters. Without it, the variable "computerName".',
      },
    },
    locale: {
      label: { fr: 'Langue et formats', en: 'Language and formats' },
      expects: { fr: 'une langue comme « fr-FR »', en: 'a locale such as "fr-FR"' },
      help: {
        fr: 'Sans elle, la variable « locale », sinon la langue de l’image.',
        en: 'Without it, the variable "locale", else the language of the image.',
      },
    },
    language: {
      label: { fr: 'Langue des menus', en: 'Language of the menus' },
      expects: { fr: 'une langue comme « fr-FR »', en: 'a language such as "fr-FR"' },
    },
    keyboard: {
      label: { fr: 'Clavier', en: 'Keyboard' },
      expects: { fr: 'un clavier comme « 040c:0000040c »', en: 'a keyboard such as "040c:0000040c"' },
    },
    timezone: {
      label: { fr: 'Fuseau horaire', en: 'Time zone' },
      expects: {
        fr: 'un fuseau de Windows, par exemple « Romance Standard Time »',
        en: 'a time zone of Windows, for example "Romance Standard Time"',
      },
      help: { fr: 'Sans lui, la variable « timezone ».', en: 'Without it, the variable "timezone".' },
    },
    key: {
      label: { fr: 'Clé de Windows', en: 'Windows key' },
      expects: {
        fr: '« automatic », « firmware », « generic », « none » ou une clé',
        en: '"automatic", "firmware", "generic", "none" or a key',
      },
      help: {
        fr: '« automatic » : celle du BIOS s’il y en a une, sinon une clé qui installe l’édition sans l’activer.',
        en: '"automatic": the firmware’s if there is one, else one that installs the edition and activates nothing.',
      },
      standard: 'automatic',
    },
    oem: {
      label: { fr: 'Fabricant et assistance', en: 'Maker and support' },
      expects: {
        fr: 'manufacturer, model, supportPhone, supportHours, supportUrl',
        en: 'manufacturer, model, supportPhone, supportHours, supportUrl',
      },
    },
  },
  weight: 3,
  writesDisk: true,
  needs: applyImage.type,
  once: true,
  takes: ({ language, locale }) => ({
    windowsAgent: true,
    imageLanguage: language !== undefined ? { language } : locale !== undefined ? { family: locale } : 'locale',
  }),
})

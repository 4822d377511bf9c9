import { Type, type Static } from 'typebox'

/**
 * A software package as its manifest says it (`manifest.yaml` beside the installer). Texts may hold `${secret.NAME}`,
 * which the server fills in for a run's step and nobody else sees, and `${variable}` of the run.
 */
const exact = { additionalProperties: false }
const Text = Type.String({ minLength: 1, maxLength: 1024 })
export const SentenceText = Type.Object(
  { fr: Type.String({ maxLength: 1024 }), en: Type.String({ maxLength: 1024 }) },
  exact,
)
const ExitCode = Type.Integer({ minimum: -2_147_483_648, maximum: 4_294_967_295 })

/** `HKLM\SOFTWARE\TeamViewer`, or HKCU; read as the 64-bit programs see it. */
const RegistryKey = Type.String({ pattern: '^HK(LM|CU|U)\\\\', maxLength: 512 })

/** How to see that the software is there. All that are said must hold. */
export const Detection = Type.Object(
  {
    /** The key is there; with `value` and `equals`, it says that; with `atLeast`, this version or a later one. */
    registry: Type.Optional(
      Type.Object(
        {
          /** The first that is there counts: 32-bit installers write below WOW6432Node. */
          keys: Type.Array(RegistryKey, { minItems: 1, maxItems: 8 }),
          value: Type.Optional(Text),
          equals: Type.Optional(Text),
          atLeast: Type.Optional(Text),
        },
        exact,
      ),
    ),
    /** A file's path; `%ProgramFiles%` and the like are filled in by Windows. */
    file: Type.Optional(Text),
    /** An Appx or MSIX package's name. */
    appx: Type.Optional(Text),
  },
  { ...exact, minProperties: 1 },
)
export type Detection = Static<typeof Detection>

export const Shortcut = Type.Object(
  {
    /** As it is called on the desktop, without `.lnk`. */
    name: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\\\/:*?"<>|\\x00-\\x1f]+$' }),
    /** A program's path, or an address. */
    target: Text,
    arguments: Type.Optional(Type.String({ maxLength: 1024 })),
    icon: Type.Optional(Text),
  },
  exact,
)
export type Shortcut = Static<typeof Shortcut>

/** A value that the installed software makes by itself and the stock record keeps, as TeamViewer's ID. */
export const Reported = Type.Object(
  {
    /** Its name in the record, `teamViewerId`. */
    name: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,63}$' }),
    title: SentenceText,
    keys: Type.Array(RegistryKey, { minItems: 1, maxItems: 8 }),
    value: Text,
    /** How long to wait for it to be there and not 0; it may need the Internet. */
    waitSeconds: Type.Integer({ minimum: 0, maximum: 3600 }),
  },
  exact,
)
export type Reported = Static<typeof Reported>

export const SoftwareManifest = Type.Object(
  {
    name: Text,
    version: Type.Optional(Type.String({ maxLength: 64 })),
    /** Where the operator gets the installer from. */
    source: Type.Object({ where: SentenceText, url: Type.Optional(Text) }, exact),
    installer: Type.Union([
      Type.Object(
        { kind: Type.Literal('msi'), file: Text, arguments: Type.Optional(Type.Array(Text, { maxItems: 64 })) },
        exact,
      ),
      Type.Object(
        { kind: Type.Literal('exe'), file: Text, arguments: Type.Optional(Type.Array(Text, { maxItems: 64 })) },
        exact,
      ),
      /** Provisioned for every user. */
      Type.Object({ kind: Type.Literal('msix'), file: Text }, exact),
    ]),
    /** Exit codes that mean installed; 0 when it is not said. */
    success: Type.Optional(Type.Array(ExitCode, { minItems: 1, maxItems: 32 })),
    /** Exit codes that mean installed, restart needed; 3010 and 1641 when it is not said. */
    restart: Type.Optional(Type.Array(ExitCode, { maxItems: 32 })),
    detect: Detection,
    /**
     * Text files that lie beside the installer when it runs, as the configuration it reads; `${packageFolder}` in its
     * arguments is where. A file of the same path in the package's folder stays as it is.
     */
    files: Type.Optional(
      Type.Array(Type.Object({ path: Text, text: Type.String({ maxLength: 65_536 }) }, exact), { maxItems: 16 }),
    ),
    /** Ids of packages that have to be there first. */
    needs: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 32 })),
    shortcut: Type.Optional(Shortcut),
    reports: Type.Optional(Type.Array(Reported, { maxItems: 8 })),
    /** Programs to run once it is there; one whose secret is not set is left out, and that is said. */
    afterwards: Type.Optional(
      Type.Array(
        Type.Object(
          {
            title: SentenceText,
            program: Text,
            arguments: Type.Optional(Type.Array(Text, { maxItems: 64 })),
            success: Type.Optional(Type.Array(ExitCode, { minItems: 1, maxItems: 32 })),
          },
          exact,
        ),
        { maxItems: 16 },
      ),
    ),
  },
  exact,
)
export type SoftwareManifest = Static<typeof SoftwareManifest>

/** The same limits as an image's id. */
export const softwareId = /^[a-z0-9][a-z0-9-]{0,63}$/

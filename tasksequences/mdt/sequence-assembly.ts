import { referencesIn } from '../interpolation.ts'
import { isBuiltIn } from '../facts.ts'
import { oneLine } from './foreign-text.ts'
import { field } from './list-file.ts'
import { commandsOf, prepareOf, variablesOf } from './defaults.ts'
import type { BackboneType } from './step-policy.ts'
import { writeSequence, type WrittenStep } from './sequence-text.ts'
import type { ShareSequence } from './share.ts'
import { literalName, type Collected, type SequenceContext } from './sequence-parts.ts'

const order: readonly BackboneType[] = [
  ...(['check-hardware', 'partition-disk', 'apply-image'] as const),
  ...(['inject-drivers', 'prepare-windows', 'write-boot-files'] as const),
]

/** Comments of what is written. */
export const words = {
  from: { fr: 'MDT', en: 'MDT' },
  added: {
    fr: 'Ajouté par l’import : MDT le faisait dans une autre étape.',
    en: 'Added by the import: MDT did it within another step.',
  },
  header: { fr: 'Importé de MDT, séquence', en: 'Imported from MDT, sequence' },
  check: {
    fr: 'Pour contrôler le poste avant de le sceller, ajoutez avant « seal » : - verify: { profile: ready-for-sale }',
    en: 'To check the machine before it is sealed, add before "seal": - verify: { profile: ready-for-sale }',
  },
  seal: {
    fr: 'Ajouté par l’import : le compte reste, l’agent s’en va.',
    en: 'Added by the import: the account stays, the agent goes.',
  },
} as const

/** A step that the import adds by itself. */
export function step(
  type: string,
  input: Record<string, unknown>,
  comments: readonly string[],
  retries = 0,
): WrittenStep {
  return { comments, type, input, name: null, when: null, continueOnError: false, retries, isComment: false }
}

function environmentOf(collected: Collected, context: SequenceContext, sequence: ShareSequence): WrittenStep[] {
  const { backbone } = collected
  const added = [words.added[context.language]]
  const has = backbone.has('apply-image')
  const needed: ReadonlyArray<BackboneType> = has ? ['partition-disk', 'prepare-windows', 'write-boot-files'] : []
  const prepared = { account: 'local', key: 'automatic', ...prepareOf(context.defaults, sequence.answers) }
  const steps = order.flatMap((type) => {
    const found = backbone.get(type)
    if (found === undefined && !needed.includes(type)) return []
    if (!has && type !== 'check-hardware' && type !== 'partition-disk') return []
    const input =
      type === 'prepare-windows' ? prepared : (found?.input ?? (type === 'partition-disk' ? { disk: 'only' } : {}))
    return [step(type, input, found?.comments ?? added, type === 'apply-image' ? 1 : 0)]
  })
  return has ? [...steps, step('restart', {}, [])] : steps
}

function windowsOf(collected: Collected, context: SequenceContext, sequence: ShareSequence): WrittenStep[] {
  const { backbone } = collected
  const [added, sealing] = [words.added[context.language], words.seal[context.language]]
  const commands = commandsOf(sequence.answers)
  const early = commands.map(({ command, name }) => ({
    ...step('run-command', { command, shell: 'cmd' }, [`Unattend.xml: ${name}`]),
    name: literalName(name),
  }))
  const drivers = backbone.has('inject-drivers') ? [step('install-drivers', {}, [added])] : []
  const own = [...drivers, ...early, ...withoutTwins(collected.windows)]
  if (!own.some(({ isComment }) => !isComment) && !backbone.has('apply-image')) return own
  const last =
    context.defaults.finish === null ? [] : [step(context.defaults.finish, {}, ['CustomSettings.ini: FinishAction'])]
  return [...own, step('seal', { for: 'account', agent: 'remove' }, [words.check[context.language], sealing]), ...last]
}

/** Two restarts one after the other are one. */
function withoutTwins(steps: readonly WrittenStep[]): WrittenStep[] {
  return steps.filter(
    (one, index) =>
      one.type !== 'restart' ||
      one.isComment ||
      steps[index - 1]?.type !== 'restart' ||
      steps[index - 1]?.when !== one.when,
  )
}

const mostVariables = 150

const largestBytes = 64 * 1024

/** The text of a sequence’s file; null when there is nothing in it to do. */
export function textOf(
  collected: Collected,
  sequence: ShareSequence,
  name: string,
  context: SequenceContext,
): string | null {
  const [environment, windows] = [environmentOf(collected, context, sequence), windowsOf(collected, context, sequence)]
  if (![...environment, ...windows].some(({ isComment, type }) => !isComment && type !== 'seal')) return null
  const variables = new Map(variablesOf(context.defaults, sequence.answers).map((one) => [one.name, one] as const))
  for (const [key, one] of collected.variables) variables.set(key, one)
  for (const used of referenced([...environment, ...windows]))
    if (!variables.has(used) && !isBuiltIn(used)) variables.set(used, { name: used, value: '', comment: null })
  const comments = sequence.entry === null ? '' : field(sequence.entry, 'Comments')
  const written = {
    comments: [`${words.header[context.language]} ${sequence.id}.`],
    name,
    description: oneLine(comments, 1900) || null,
    variables: [...variables.values()].slice(0, mostVariables),
    ...{ environment, windows, end: [] },
  }
  const text = writeSequence(written)
  if (Buffer.byteLength(text) <= largestBytes) return text
  const bare = (steps: readonly WrittenStep[]) =>
    steps.filter(({ isComment }) => !isComment).map((one) => ({ ...one, comments: [] }))
  return writeSequence({ ...written, environment: bare(environment), windows: bare(windows) })
}

/** Variables that steps refer to, in the order they do. */
function referenced(steps: readonly WrittenStep[]): string[] {
  const texts = steps
    .filter(({ isComment }) => !isComment)
    .flatMap(({ input, when }) => [when ?? '', ...textsIn(input)])
  return [...new Set(texts.flatMap((text) => referencesIn(text).map(({ name }) => name)))]
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

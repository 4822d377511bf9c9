import { replaceSecrets } from '../../tasksequences/secret-references.ts'
import { failure } from '../protocol/failures/failures.ts'
import { StepError, type StepContext } from './step.ts'

/**
 * The text with its secrets filled in. What comes out must go into no log and no report: give `Object.values` of
 * `work.secrets` to `exec` as `secrets`. Throws StepError SECRET_MISSING when one is not set on the server.
 */
export function reveal(text: string, { work }: Pick<StepContext, 'work'>): string {
  return replaceSecrets(text, (name) => {
    const value = work.secrets?.[name]
    if (value === undefined) throw new StepError(failure('SECRET_MISSING', { name }))
    return value
  })
}

/** Every secret this step was given, to be masked. */
export function secretsOf({ work }: Pick<StepContext, 'work'>): string[] {
  return Object.values(work.secrets ?? {}).filter((value) => value !== '')
}

/** The text without its secrets, for a failure's detail: what a program said may repeat what it was given. */
export function withoutSecrets(text: string, context: Pick<StepContext, 'work'>): string {
  return secretsOf(context).reduce((left, secret) => left.replaceAll(secret, '***'), text)
}

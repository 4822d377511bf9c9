import { literalText } from './foreign-text.ts'
import { remark } from './remarks.ts'
import { byEtabli, left, taken, type Outcome } from './report.ts'
import { settingMeaning } from './settings.ts'
import { knownVariable } from './variable-names.ts'

const same = {
  fr: 'c’est le même pour tout poste préparé ici',
  en: 'it is the same for every machine prepared here',
}

/** What becomes of a variable that a `ts.xml` gives the whole sequence. */
export function globalVariableOutcome({ name, value }: { name: string; value: string }, isLast: boolean): Outcome {
  if (!isLast) return left(remark('MDT_VARIABLE_REPLACED', { name }))
  if (/^osguid$/i.test(name)) return taken('apply-image')
  const meaning = settingMeaning(name)
  if (meaning.is === 'left') return left(remark(meaning.code))
  if (meaning.is === 'etabli') return byEtabli(remark('MDT_SETTING_BY_ETABLI', { what: meaning.what }))
  if (value === '') return left(remark('MDT_SETTING_EMPTY'))
  const known = knownVariable(name)
  if (known.is === 'constant') return byEtabli(remark('MDT_SETTING_BY_ETABLI', { what: same }))
  if (literalText(value) === null) return left(remark('MDT_STEP_SECRET_TEXT'))
  return taken(`variables.${known.name}`)
}

import { computerNamePattern } from './computer-name-pattern.ts'
import { isKeyboardId, isLocale, keyboardFor } from '../../images/unattend/locales.ts'
import type { WindowsValue } from './settings.ts'

/** A value of Windows' setup as Établi takes it; null when it does not. */
export function windowsValue(name: WindowsValue, value: string): string | null {
  switch (name) {
    case 'locale':
    case 'language': {
      const [language = '', region = ''] = value.split('-')
      const tag = region === '' ? value : `${language.toLowerCase()}-${region.toUpperCase()}`
      return isLocale(tag) ? tag : null
    }
    case 'keyboard': {
      const [first = ''] = value.split(';')
      if (isKeyboardId(first)) return first.toLowerCase()
      const tag = windowsValue('locale', first)
      return tag === null ? null : keyboardFor(tag)
    }
    case 'timezone':
      return value.length <= 64 && /^[A-Za-z0-9 .()+-]+$/.test(value) ? value.replaceAll(/\s+/g, ' ') : null
    case 'computerName':
      return computerNamePattern(value)
  }
}

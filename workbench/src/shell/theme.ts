/** Light, dark or as the machine says; the choice stays in this browser. */
export type Theme = 'light' | 'dark' | 'system'

const storeKey = 'curbstop.theme'

export function currentTheme(): Theme {
  const kept = localStorage.getItem(storeKey)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(storeKey)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(storeKey, theme)
    document.documentElement.dataset.theme = theme
  }
}

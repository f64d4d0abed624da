/** Every string of the workbench stands in a catalogue; `useWords('shell')` reads one. A missing key does not compile. */
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { resources } from './catalogues.ts'

export const defaultNS = 'shell'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: typeof defaultNS
    resources: typeof resources
  }
}

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS,
    resources: { en: resources },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

export function useWords<Catalogue extends keyof typeof resources>(catalogue: Catalogue) {
  return useTranslation(catalogue).t
}

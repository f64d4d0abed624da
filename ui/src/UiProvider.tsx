import type { LocalDate } from '@curbstop/kernel/dates'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { englishStrings, type UiStrings } from './strings.ts'

export type UiSettings = {
  strings: UiStrings
  /** The district's today, from the server; without it every date shows its year and `t+3` is not understood. */
  today: LocalDate | null
  timeZone: string
  /** How links move without a page load; without it they are plain links. */
  navigate: ((href: string) => void) | null
}

const defaults: UiSettings = {
  strings: englishStrings,
  today: null,
  timeZone: 'America/Los_Angeles',
  navigate: null,
}

const UiContext = createContext<UiSettings>(defaults)

/** Language, today, time zone and navigation for every component below. */
export function UiProvider(props: Partial<UiSettings> & { children: ReactNode }) {
  const { strings, today, timeZone, navigate } = props
  const settings = useMemo<UiSettings>(
    () => ({
      strings: strings ?? defaults.strings,
      today: today ?? null,
      timeZone: timeZone ?? defaults.timeZone,
      navigate: navigate ?? null,
    }),
    [strings, today, timeZone, navigate],
  )
  return <UiContext value={settings}>{props.children}</UiContext>
}

export const useUi = (): UiSettings => useContext(UiContext)
export const useStrings = (): UiStrings => useContext(UiContext).strings

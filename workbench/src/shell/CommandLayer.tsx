import { CommandPalette, KeySheet } from '@curbstop/ui'
import { useState } from 'react'
import { type Deed, useAllDeeds, useDeeds } from './keys.ts'
import { useWords } from './words.ts'

const shownKeys = (keys: string): string => keys.replace('$mod+k', 'Ctrl+K')

/** Ctrl K: every deed of the page and of the frame. `?`: every key. Both printed from the one registry. */
export function CommandLayer() {
  const t = useWords('shell')
  const deeds = useAllDeeds()
  const [shown, setShown] = useState<'palette' | 'keys' | null>(null)
  useDeeds([
    {
      id: 'palette',
      title: t('deeds.palette'),
      keys: '$mod+k',
      section: t('section.view'),
      whileTyping: true,
      run: () => setShown('palette'),
    },
    {
      id: 'keys',
      title: t('deeds.keys'),
      keys: '?',
      section: t('section.view'),
      run: () => setShown('keys'),
    },
  ])
  const close = () => setShown(null)
  const command = (deed: Deed) => ({
    id: deed.id,
    title: deed.title,
    section: deed.section,
    ...(deed.keys ? { keys: shownKeys(deed.keys) } : {}),
    disabledReason: deed.blocked ?? null,
    run: deed.run,
  })
  const bindings = deeds
    .filter(deed => deed.keys)
    .map(deed => ({ id: deed.id, keys: shownKeys(deed.keys!), does: deed.title, section: deed.section }))
  return (
    <>
      <CommandPalette isOpen={shown === 'palette'} onClose={close} commands={deeds.map(command)} />
      <KeySheet isOpen={shown === 'keys'} onClose={close} bindings={bindings} />
    </>
  )
}

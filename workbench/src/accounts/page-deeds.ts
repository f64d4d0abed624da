/** The single keys of the account page; the key sheet and the palette print the same list. */
import { useNavigate } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { focusContact } from '../contacts/focus.ts'
import { useInHandId } from '../contacts/in-hand.ts'
import { type Deed, useDeeds } from '../shell/keys.ts'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { Opened, View } from './view.ts'

type Page = {
  view: View
  open: (opened: Opened) => void
  why: RefObject<HTMLDivElement | null>
  timeline: RefObject<HTMLDivElement | null>
}

export function useAccountDeeds({ view, open, why, timeline }: Page): void {
  const t = useWords('accounts')
  const navigate = useNavigate()
  const inHand = useInHandId()
  const mayResearch = useMay('investigations.work')
  const mayWork = useMay('desk.work')
  const mayHold = useMay('desk.hold')
  const mayVary = useMay('variances.request')
  const hasBill = view.billing.latest !== null
  const blocked = (why: string | null) => (why === null ? {} : { blocked: why })
  const deed = (id: string, title: string, run: () => void, more: Partial<Deed> = {}): Deed => ({
    id: `account-${id}`,
    title,
    section: t('deeds.section'),
    run,
    ...more,
  })
  const noBill = hasBill ? null : t('deeds.noBill')
  const orderStop = useOrderStop(view)
  useDeeds([
    deed('task', t('deeds.task'), () => (inHand ? focusContact('follow-up') : open({ what: 'task' })), {
      keys: 't',
      ...blocked(mayWork ? null : t('deeds.mayNotTask')),
    }),
    deed('order', t('deeds.order'), () => open({ what: 'order' }), { keys: 'o', ...blocked(orderStop) }),
    deed('what-if', t('deeds.whatIf'), () => open({ what: 'what-if' }), { keys: 'w', ...blocked(noBill) }),
    deed('explain', t('deeds.explain'), () => focusInside(why, '.cs-point[tabindex="0"]', 'summary'), {
      keys: 'e',
      ...blocked(noBill),
    }),
    deed('leak', t('deeds.leak'), () => open({ what: 'leak' }), {
      keys: 'l',
      ...blocked(mayResearch ? noBill : t('deeds.mayNotResearch')),
    }),
    deed(
      'variance',
      t('deeds.variance'),
      () => void navigate({ to: paths.newVariance(view.account.accountId) }),
      {
        keys: 'v',
        ...blocked(mayVary ? null : t('deeds.mayNotVary')),
      },
    ),
    deed('down', t('deeds.timeline'), () => focusInside(timeline, 'tr.cs-row[tabindex="0"]'), { keys: 'j' }),
    deed('up', t('deeds.timelineUp'), () => focusInside(timeline, 'tr.cs-row[tabindex="0"]'), { keys: 'k' }),
    deed('sheet', t('deeds.sheet'), () => void navigate({ to: paths.usageSheet(view.account.accountId) })),
    ...(mayWork ? [deed('alert', t('deeds.alert'), () => open({ what: 'alert' }))] : []),
    ...(mayHold ? [deed('hold', t('deeds.hold'), () => open({ what: 'hold' }))] : []),
  ])
}

/** Why no order can be made from this page, or null. */
export function useOrderStop({ premise, customer }: View): string | null {
  const t = useWords('accounts')
  const mayOrder = useMay('fieldwork.order')
  if (!mayOrder) return t('deeds.mayNotOrder')
  if (premise) return null
  return customer.visibility === 'open' ? t('deeds.noPremise') : t('deeds.sealed')
}

function focusInside(root: RefObject<HTMLDivElement | null>, ...wanted: readonly string[]): void {
  const found = wanted.map(what => root.current?.querySelector<HTMLElement>(what))
  const target = found.find(element => element)
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}

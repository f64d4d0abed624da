/** Keys of the read book: walk, choose, and every act, the same that the buttons offer. */
import { useNavigate } from '@tanstack/react-router'
import { useDeeds } from '../../shell/keys.ts'
import { paths } from '../../shell/paths.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { type Act, decisions, keysOf, orders, whyNot } from './acts.ts'
import type { ExceptionId, ExceptionLine, ExceptionView } from './shapes.ts'
import type { Chosen } from './use-chosen.ts'

/** Why an act cannot be done with what is in hand. */
export function useWhy(view: ExceptionView | null): (act: Act) => string | null {
  const t = useWords('readBook')
  const rights = {
    judge: useMay('metering.judge'),
    order: useMay('fieldwork.order'),
    contact: useMay('contacts.write'),
  }
  const words = {
    judge: t('why.judge'),
    order: t('why.order'),
    contact: t('why.contact'),
    decided: t('why.decided'),
    negative: t('why.negative'),
    noRead: t('why.noRead'),
    noEstimate: t('why.noEstimate'),
    noValue: t('why.noValue'),
    nobody: t('why.nobody'),
    waitsOrder: (order: string) => t('why.waitsOrder', { order }),
  }
  return act => (view ? whyNot(act, view, rights, words) : t('why.nothing'))
}

export function useBulkWhy(chosen: Chosen): string | null {
  const t = useWords('readBook')
  const mayJudge = useMay('metering.judge')
  if (!mayJudge) return t('why.judge')
  if (chosen.lines.length === 0) return t('why.noneChosen')
  return chosen.lines.some(line => line.isSafe) ? null : t('why.noneSafe')
}

type Keys = {
  readonly lines: readonly ExceptionLine[]
  readonly current: ExceptionId | null
  readonly view: ExceptionView | null
  readonly chosen: Chosen
  readonly why: (act: Act) => string | null
  readonly open: (act: Act) => void
  readonly bulk: { readonly why: string | null; readonly open: () => void }
}

export function useBookKeys({ lines, current, view, chosen, why, open, bulk }: Keys): void {
  const t = useWords('readBook')
  const navigate = useNavigate()
  const section = t('section')
  const walk = (step: 1 | -1) => {
    const at = lines.findIndex(line => line.exceptionId === current)
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + step))]
    if (next) void navigate({ to: paths.readException(next.exceptionId), replace: true })
  }
  const choose = (throughTo: boolean) => {
    if (current === null) return
    chosen.toggle(current, throughTo)
    if (!throughTo) walk(1)
  }
  const acts: Act[] = [...decisions, ...orders, 'call']
  useDeeds([
    { id: 'read-next', title: t('act.next'), keys: 'j', section, run: () => walk(1) },
    { id: 'read-previous', title: t('act.previous'), keys: 'k', section, run: () => walk(-1) },
    { id: 'read-down', title: t('act.next'), keys: 'ArrowDown', section, run: () => walk(1) },
    { id: 'read-up', title: t('act.previous'), keys: 'ArrowUp', section, run: () => walk(-1) },
    { id: 'read-choose', title: t('act.choose'), keys: 'x', section, run: () => choose(false) },
    { id: 'read-stretch', title: t('act.choose'), keys: 'Shift+X', section, run: () => choose(true) },
    ...acts.map(act => {
      const blocked = why(act)
      const title = t(`act.${act}`)
      return {
        ...{ id: `read-${act}`, title, keys: keysOf[act], section },
        run: () => open(act),
        ...(blocked ? { blocked } : {}),
      }
    }),
    {
      ...{ id: 'read-bulk', title: t('act.bulk'), keys: 'b', section, run: bulk.open },
      ...(bulk.why ? { blocked: bulk.why } : {}),
    },
    {
      ...{ id: 'read-account', title: t('act.account'), keys: 'n', section },
      run: () => {
        if (view?.accountId) void navigate({ to: paths.account(view.accountId) })
      },
      ...(view?.accountId ? {} : { blocked: t('why.nobody') }),
    },
  ])
}

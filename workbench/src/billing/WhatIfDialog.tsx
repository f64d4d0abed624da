import './billing.css'
import { addMonths } from '@curbstop/kernel/dates'
import { billing } from '@curbstop/server/contract/staff'
import { Alert, Button, Dialog, formatDate, useUi } from '@curbstop/ui'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { useAsk } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import { WhatIfTable } from './WhatIfTable.tsx'
import { emptyDraft, mostScenarios, type ScenarioDraft, scenarioOf } from './what-if-draft.ts'

const presets = ['leak', 'less', 'person', 'rates', 'own'] as const
type Preset = (typeof presets)[number]

/** Up to four changed worlds beside the bill as it is: rated by the same function, nothing posted. */
export function WhatIfDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const t = useWords('billing')
  const { accountId } = view.account
  const make = usePresets(view)
  const [drafts, setDrafts] = useState<readonly ScenarioDraft[]>(() => [
    make(view.causes?.isHigh ? 'leak' : 'less', 1),
  ])
  const settled = useSettled(useDeferredValue(drafts))
  const scenarios = useMemo(() => settled.map(scenarioOf), [settled])
  const asked = useAsk(billing.whatIf, { accountId, scenarios }, { keepPrevious: true, staleTime: 60_000 })
  const answer = asked.data
  const add = (preset: Preset) =>
    setDrafts(known =>
      known.length >= mostScenarios
        ? known
        : [...known, make(preset, Math.max(0, ...known.map(one => one.id)) + 1)],
    )
  const change = (id: number, part: Partial<ScenarioDraft>) =>
    setDrafts(known => known.map(one => (one.id === id ? { ...one, ...part } : one)))
  const remove = (id: number) =>
    setDrafts(known => (known.length > 1 ? known.filter(one => one.id !== id) : known))
  const close = () => {
    for (const one of answer?.scenarios ?? []) {
      if (one.refusal) continue
      noteStep(accountId, {
        kind: 'what-if',
        facts: { what: one.name, fromCents: answer!.actual.totalCents, toCents: one.totalCents },
      })
    }
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('whatIf.title')}
      size="wide"
      footer={<Button onPress={close}>{t('whatIf.close')}</Button>}
    >
      <div className="cs-stack wb-what-if">
        <div className="cs-inline">
          <span className="cs-quiet">{t('whatIf.help')}</span>
          <span className="cs-inline">
            {presets.map(preset => (
              <Button
                key={preset}
                icon="plus"
                onPress={() => add(preset)}
                disabledReason={drafts.length >= mostScenarios ? t('whatIf.full') : null}
              >
                {t(`whatIf.preset.${preset}`)}
              </Button>
            ))}
          </span>
        </div>
        {asked.error && <Alert tone="red" live title={asked.error.message} />}
        <WhatIfTable
          drafts={drafts}
          answer={answer}
          billUnit={view.billing.billUnit}
          irrigatedSqft={view.premise?.irrigatedSqft ?? null}
          latest={view.billing.latest}
          onChange={change}
          onRemove={drafts.length > 1 ? remove : null}
          isStale={asked.isFetching || settled !== drafts}
        />
      </div>
    </Dialog>
  )
}

/** Scenarios one does not have to type. */
function usePresets(view: View) {
  const t = useWords('billing')
  const { strings } = useUi()
  const period = view.billing.periods[0]
  return (preset: Preset, id: number): ScenarioDraft => {
    const persons = (period?.persons ?? view.account.household[0]?.persons ?? 0) + 1
    const used = Number(period?.usageUnits ?? 0)
    const yearAgo = addMonths(period?.toOn ?? view.today, -12)
    const on = formatDate(yearAgo, strings, { today: view.today, short: true })
    switch (preset) {
      case 'leak':
        return { ...emptyDraft(id, t('whatIf.names.leak')), isLeakFixed: true }
      case 'less':
        return { ...emptyDraft(id, t('whatIf.names.less')), usageUnits: Math.round(used * 9) / 10 }
      case 'person':
        return { ...emptyDraft(id, t('whatIf.names.person', { count: persons })), persons }
      case 'rates':
        return { ...emptyDraft(id, t('whatIf.names.rates', { on })), ratesOn: yearAgo }
      case 'own':
        return emptyDraft(id, t('whatIf.names.own', { no: id }))
    }
  }
}

/** What was typed, a quarter of a second after the last key. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

import '../desk/desk.css'
import '../customers/customers.css'
import './move/move.css'
import { Columns, EmptyState, Form, Section, SegmentedControl } from '@curbstop/ui'
import { useEffect, useRef } from 'react'
import { faults } from '../shell/faults.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { addressesOf } from './move/draft.ts'
import { MoveDone } from './move/MoveDone.tsx'
import { MoveHandOver } from './move/MoveHandOver.tsx'
import { MovePreview } from './move/MovePreview.tsx'
import { MoveWhen } from './move/MoveWhen.tsx'
import { MoveWhere } from './move/MoveWhere.tsx'
import { MoveRest, MoveWho } from './move/MoveWho.tsx'
import { useMove } from './move/use-move.ts'

const kinds = ['start', 'stop', 'transfer'] as const
const fields = [
  'accountId',
  'premiseId',
  'fromPremiseId',
  'toPremiseId',
  'onDate',
  'stopOn',
  'startOn',
  'gap',
  'askedBy',
  'vacancyProof',
  'afterStop',
  'priorStop.evidence',
  'handOver.readOn',
  'newHandOver.readOn',
  'name',
  'persons',
  'note',
]

/** Start, stop or transfer of service as one guided page; what will change stands beside it all the while. */
export function MovePage() {
  const t = useWords('move')
  const mayMove = useMay('accounts.move')
  const move = useMove()
  const refresh = useRefreshArea('accounts', 'reports', 'fieldwork', 'desk', 'metering', 'customers')
  const { draft, answer, act, set, known } = move
  /** The cursor is put into the first field once; arrows along the three wishes must not lose it. */
  const isEntered = useRef(false)
  useEffect(() => {
    isEntered.current = true
  }, [])
  const reach = [
    ...draft.phones.map((_, at) => `phones.${at}.number`),
    ...draft.emails.map((_, at) => `emails.${at}`),
  ]
  const from = draft.fromPremiseId ?? (known.card ? (addressesOf(known.card)[0]?.premiseId ?? null) : null)
  const to = draft.premise?.premiseId ?? null
  const submit = () => {
    if ('input' in answer) move.run(answer.input, refresh)
  }
  if (!mayMove) {
    return (
      <Columns>
        <EmptyState title={t('forbidden')} />
      </Columns>
    )
  }
  return (
    <Columns>
      <div className="wb-head">
        <h1>{t('title')}</h1>
      </div>
      {act.data ? (
        <MoveDone move={move} />
      ) : (
        <div className="wb-move">
          <Form
            id="wb-move"
            label={t('title')}
            onSubmit={submit}
            {...faults(act.error, [...fields, ...reach])}
          >
            <Section title={t('what')}>
              <SegmentedControl
                label={t('what')}
                options={kinds.map(id => ({ id, label: t(`kind.${id}`) }))}
                value={draft.kind}
                onChange={move.begin}
              />
              <p className="cs-quiet">{t(`kindHelp.${draft.kind}`)}</p>
            </Section>
            <MoveWhere key={`where-${draft.kind}`} move={move} autoFocus={!isEntered.current} />
            <MoveWhen move={move} />
            <MoveHandOver
              title={draft.kind === 'transfer' ? t('readOld') : t('read')}
              premiseId={draft.kind === 'start' ? to : from}
              draft={draft.handOver}
              onChange={handOver => set({ handOver })}
              path="handOver"
            />
            {draft.kind === 'transfer' && (
              <MoveHandOver
                title={t('readNew')}
                premiseId={to}
                draft={draft.newHandOver}
                onChange={newHandOver => set({ newHandOver })}
                path="newHandOver"
              />
            )}
            {draft.kind === 'start' && <MoveWho move={move} />}
            <MoveRest move={move} />
          </Form>
          <aside className="wb-move-preview" aria-label={t('preview')}>
            <MovePreview move={move} />
          </aside>
        </div>
      )}
    </Columns>
  )
}

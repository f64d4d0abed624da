import { Alert, Button, EmptyState, Section, Skeleton } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import type { Move } from './use-move.ts'

/** The rehearsed change, step by step in words, before anything is written. */
export function MovePreview({ move }: { move: Move }) {
  const t = useWords('move')
  const { answer, preview, draft, set } = move
  const refusal = preview.error
  /** A rehearsal takes a number that the change itself will not get. */
  const unnumbered = (says: string): string =>
    draft.kind === 'stop' ? says : says.replaceAll(preview.data!.number, t('newNumber'))
  const isShape = refusal?.status === 400 && refusal.wire.issues !== undefined
  return (
    <Section title={t('preview')}>
      <div className="wb-preview" role="status">
        {'missing' in answer && (
          <EmptyState title={t(`missing.${answer.missing}`)}>{t('previewHelp')}</EmptyState>
        )}
        {preview.isPending && <Skeleton lines={3} />}
        {refusal && (
          <Alert tone="amber" title={t('notYet')}>
            {isShape ? refusal.wire.issues!.map(one => one.message).join(' · ') : refusal.message}
          </Alert>
        )}
        {preview.data && (
          <>
            <ol className="wb-steps">
              {preview.data.steps.map(step => (
                <li key={`${step.code} ${step.says}`}>{unnumbered(step.says)}</li>
              ))}
            </ol>
            {preview.data.warnings.map(warning => (
              <Alert
                key={`${warning.code}-${warning.says}`}
                tone="amber"
                title={t('lookFirst')}
                actions={
                  warning.customerId !== null &&
                  draft.kind === 'start' &&
                  draft.who === 'new' && (
                    <Button
                      onPress={() =>
                        set({
                          who: 'known',
                          knownCustomer: { customerId: warning.customerId!, says: warning.says },
                        })
                      }
                    >
                      {t('itIsThem')}
                    </Button>
                  )
                }
              >
                {warning.says}
              </Alert>
            ))}
          </>
        )}
      </div>
      <div className="cs-inline">
        <Button
          type="submit"
          form="wb-move"
          variant={draft.kind === 'stop' ? 'danger' : 'primary'}
          kbd="Ctrl+Enter"
          busy={move.act.isPending}
          disabledReason={'missing' in answer ? t(`missing.${answer.missing}`) : null}
        >
          {t(`do.${draft.kind}`)}
        </Button>
      </div>
    </Section>
  )
}

import type { Input } from '@curbstop/kernel/endpoint'
import { correspondence } from '@curbstop/server/contract/staff'
import { Alert, Button, CheckboxGroup, RadioGroup, Section, SegmentedControl, useToast } from '@curbstop/ui'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { useAsk } from '../shell/ask.ts'
import { type ApiError, call, newKey } from '../shell/call.ts'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { letterOf, type SheetPart } from './sheet-letters.ts'
import type { SheetLanguage } from './UsageSheetPage.tsx'

type Destination = Input<typeof correspondence.send>['to']
const parts = ['usage-graph', 'bill-explanation'] as const satisfies readonly SheetPart[]
const languages = ['en', 'es'] as const satisfies readonly SheetLanguage[]

type SendingProps = {
  view: View
  language: SheetLanguage
  onLanguage: (language: SheetLanguage) => void
}

/** Language, print, and where the sheet may be sent. */
export function SheetSending({ view, language, onLanguage }: SendingProps) {
  const t = useWords('billing')
  const maySend = useMay('correspondence.send')
  return (
    <>
      <Section title={t('sheet.title')}>
        <p className="cs-quiet">{t('sheet.help')}</p>
        <SegmentedControl
          label={t('sheet.language')}
          options={languages.map(id => ({ id, label: t(`sheet.languages.${id}`) }))}
          value={language}
          onChange={onLanguage}
        />
        <div>
          <Button icon="print" variant="primary" onPress={() => window.print()}>
            {t('sheet.print')}
          </Button>
        </div>
      </Section>
      {maySend ? (
        <Sending view={view} language={language} />
      ) : (
        <p className="cs-quiet">{t('sheet.mayNot')}</p>
      )}
    </>
  )
}

function Sending({ view, language }: { view: View; language: SheetLanguage }) {
  const t = useWords('billing')
  const { accountId } = view.account
  const addresses = useAsk(correspondence.listAddresses, { accountId })
  const [chosen, setChosen] = useState<SheetPart[]>(['usage-graph'])
  const [wanted, setWanted] = useState<string | null>(null)
  const places = [
    ...(addresses.data?.emails ?? []).map(email => ({
      id: String(email.emailId),
      label: t('sheet.email', { address: email.shown }),
      to: { kind: 'email-on-file', emailId: email.emailId } as Destination,
    })),
    ...(addresses.data?.mail
      ? [
          {
            id: 'mail',
            label: t('sheet.mail', { address: addresses.data.mail.lines.join(', ') }),
            to: { kind: 'mail-on-file' } as Destination,
          },
        ]
      : []),
  ]
  const place = places.find(one => one.id === wanted) ?? places[0]
  const sending = useSending(view, language)
  const why = !place ? t('sheet.noAddress') : chosen.length === 0 ? t('sheet.nothing') : null
  return (
    <Section title={t('sheet.what')}>
      <CheckboxGroup
        label={t('sheet.what')}
        hideLabel
        options={parts
          .filter(part => letterOf(part, view) !== null)
          .map(id => ({ id, label: t(`sheet.whats.${id}`) }))}
        value={chosen}
        onChange={setChosen}
      />
      {addresses.data && places.length === 0 && <p className="cs-quiet">{t('sheet.noAddress')}</p>}
      {places.length > 0 && (
        <RadioGroup
          label={t('sheet.to')}
          options={places.map(({ id, label }) => ({ id, label }))}
          value={place?.id ?? null}
          onChange={setWanted}
        />
      )}
      {sending.error && <Alert tone="red" live title={sending.error.message} />}
      <div>
        <Button
          busy={sending.isPending}
          disabledReason={why}
          onPress={() => place && sending.mutate({ chosen, to: place.to })}
        >
          {t('sheet.send')}
        </Button>
      </div>
    </Section>
  )
}

/** Sends each chosen part as its own message; after a lost answer the same requests go again, and once only. */
function useSending(view: View, language: SheetLanguage) {
  const t = useWords('billing')
  const toasts = useToast()
  const keys = useRef<Partial<Record<SheetPart, string>>>({})
  const refresh = useRefreshAccount(view.account.accountId)
  return useMutation<number, ApiError, { chosen: readonly SheetPart[]; to: Destination }>({
    mutationFn: async ({ chosen, to }) => {
      const { accountId } = view.account
      let count = 0
      for (const part of chosen) {
        const letter = letterOf(part, view)
        if (!letter) continue
        keys.current[part] ??= newKey()
        await call(correspondence.send, { accountId, language, letter, to }, { key: keys.current[part] })
        const channel = to.kind.startsWith('email') ? 'email' : 'letter'
        noteStep(accountId, { kind: 'message-sent', facts: { what: t(`sheet.whats.${part}`), channel } })
        count += 1
      }
      return count
    },
    onSuccess: count => {
      keys.current = {}
      refresh()
      toasts.show({ text: t('sheet.sent', { count }) })
    },
  })
}

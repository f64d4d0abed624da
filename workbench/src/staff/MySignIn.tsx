import { staff } from '@curbstop/server/contract/staff'
import { Button, Form, FormActions, Section, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../shell/ask.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'

/** Changes the own password; the other sessions end. */
export function MyPassword() {
  const t = useWords('staff')
  const toasts = useToast()
  const asked = useDo(staff.changePassword)
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && again !== newPassword
  const submit = () => {
    if (again !== newPassword) return
    asked.mutate(
      { currentPassword, newPassword },
      {
        onSuccess: () => {
          for (const clear of [setCurrent, setNew, setAgain]) clear('')
          toasts.show({ text: t('me.changed') })
        },
      },
    )
  }
  return (
    <Section title={t('me.password')}>
      <Form
        label={t('me.password')}
        onSubmit={submit}
        {...faults(asked.error, ['currentPassword', 'newPassword'])}
      >
        <TextField
          label={t('me.current')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrent}
        />
        <TextField
          label={t('me.next')}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          description={t('me.passwordHelp')}
          value={newPassword}
          onChange={setNew}
        />
        <TextField
          label={t('me.again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          error={differs ? t('me.differ') : null}
        />
        <FormActions>
          <Button type="submit" busy={asked.isPending}>
            {t('me.change')}
          </Button>
        </FormActions>
      </Form>
    </Section>
  )
}

/** The authenticator app: show the secret, then the first code turns it on. */
export function MySecondFactor() {
  const t = useWords('staff')
  const me = useMe()
  const enrol = useDo(staff.enrolSecondFactor)
  const [password, setPassword] = useState('')
  const isOn = me.secondFactor === 'on'
  const show = () => enrol.mutate({ password }, { onSuccess: () => setPassword('') })
  return (
    <Section title={t('me.factor')}>
      <p>
        {isOn ? t('me.factorOn') : me.secondFactor === 'waiting' ? t('me.factorWaiting') : t('me.factorOff')}
      </p>
      {isOn && <p className="cs-quiet">{t('me.factorLost')}</p>}
      {isOn && <RemoveFactor />}
      {!isOn && !enrol.data && (
        <Form label={t('me.enrol')} onSubmit={show} {...faults(enrol.error, ['password'])}>
          <TextField
            label={t('me.enrolPassword')}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
          <FormActions>
            <Button type="submit" busy={enrol.isPending}>
              {t('me.enrol')}
            </Button>
          </FormActions>
        </Form>
      )}
      {!isOn && enrol.data && (
        <>
          <p>{t('me.secret')}</p>
          <code className="wb-secret">{enrol.data.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
          <p>
            <a className="cs-link" href={enrol.data.uri}>
              {t('me.link')}
            </a>
          </p>
        </>
      )}
      {!isOn && (enrol.data || me.secondFactor === 'waiting') && <FirstCode />}
    </Section>
  )
}

/** With both halves of the sign-in, so that neither a stolen session nor a stolen phone can do it. */
function RemoveFactor() {
  const t = useWords('staff')
  const toasts = useToast()
  const refresh = useRefreshArea('staff')
  const remove = useDo(staff.removeSecondFactor)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const submit = () =>
    remove.mutate(
      { password, code: code.replaceAll(' ', '') },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('me.removed') })
        },
      },
    )
  return (
    <Form label={t('me.removeTitle')} onSubmit={submit} {...faults(remove.error, ['password', 'code'])}>
      <TextField
        label={t('me.removePassword')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <TextField
        label={t('me.removeCode')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
      />
      <FormActions>
        <Button type="submit" variant="danger" busy={remove.isPending}>
          {t('me.remove')}
        </Button>
      </FormActions>
    </Form>
  )
}

function FirstCode() {
  const t = useWords('staff')
  const toasts = useToast()
  const refresh = useRefreshArea('staff')
  const confirm = useDo(staff.confirmSecondFactor)
  const [code, setCode] = useState('')
  const submit = () =>
    confirm.mutate(
      { code: code.replaceAll(' ', '') },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('me.confirmed') })
        },
      },
    )
  return (
    <Form label={t('me.confirm')} onSubmit={submit} {...faults(confirm.error, ['code'])}>
      <TextField
        label={t('me.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
      />
      <FormActions>
        <Button type="submit" variant="primary" busy={confirm.isPending}>
          {t('me.confirm')}
        </Button>
      </FormActions>
    </Form>
  )
}

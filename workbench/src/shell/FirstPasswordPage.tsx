import { staff } from '@curbstop/server/contract/staff'
import { Button, Form, FormActions, TextField } from '@curbstop/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, call } from './call.ts'
import { faults } from './faults.ts'
import type { Me } from './session.ts'
import { useWords } from './words.ts'

/** Before anything else: a password that nobody else knows. */
export function FirstPasswordPage({ me }: { me: Me }) {
  const t = useWords('shell')
  const client = useQueryClient()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const [again, setAgain] = useState('')
  const askAnew = () => void client.invalidateQueries()
  const change = useMutation<unknown, ApiError>({
    mutationFn: () => call(staff.changePassword, { currentPassword, newPassword }),
    onSuccess: askAnew,
  })
  const signOut = useMutation<unknown, ApiError>({
    mutationFn: () => call(staff.signOut, {}),
    onSuccess: askAnew,
  })
  const differs = again !== '' && again !== newPassword
  const giver = me.lastReset?.by.name
  return (
    <main className="wb-sign-in">
      <div className="wb-sign-in-mark" aria-hidden="true">
        C
      </div>
      <h1>{t('firstPassword.title', { name: me.name })}</h1>
      <p>{giver ? t('firstPassword.why', { giver }) : t('firstPassword.whyNobody')}</p>
      <Form
        label={t('firstPassword.title', { name: me.name })}
        onSubmit={() => newPassword === again && change.mutate()}
        {...faults(change.error, ['currentPassword', 'newPassword'])}
      >
        <TextField
          label={t('firstPassword.current')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrent}
          autoFocus
        />
        <TextField
          label={t('firstPassword.next')}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          description={t('firstPassword.help')}
          value={newPassword}
          onChange={setNew}
        />
        <TextField
          label={t('firstPassword.again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          error={differs ? t('firstPassword.differ') : null}
        />
        <FormActions>
          <Button type="submit" variant="primary" busy={change.isPending}>
            {t('firstPassword.submit')}
          </Button>
          <Button onPress={() => signOut.mutate()}>{t('firstPassword.signOut')}</Button>
        </FormActions>
      </Form>
    </main>
  )
}

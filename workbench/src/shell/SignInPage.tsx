import { staff } from '@curbstop/server/contract/staff'
import { Button, Form, TextField } from '@curbstop/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, call } from './call.ts'
import { useWords } from './words.ts'

/** Login and password, then the code where the person has a second factor. */
export function SignInPage() {
  const t = useWords('shell')
  const client = useQueryClient()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const signIn = useMutation<Awaited<ReturnType<typeof tryIt>>, ApiError>({
    mutationFn: () => tryIt(),
    onSuccess: answer => {
      if (answer.outcome === 'code-needed') setNeedsCode(true)
      else void client.invalidateQueries()
    },
  })
  const tryIt = () =>
    call(staff.signIn, { login, password, ...(code ? { code: code.replace(/\s/g, '') } : {}) })
  return (
    <main className="wb-sign-in">
      <div className="wb-sign-in-mark" aria-hidden="true">
        C
      </div>
      <h1>{t('product')}</h1>
      <Form label={t('signIn.title')} onSubmit={() => signIn.mutate()} error={signIn.error?.message}>
        <TextField
          label={t('signIn.login')}
          name="login"
          value={login}
          onChange={setLogin}
          autoComplete="username"
          autoFocus
        />
        <TextField
          label={t('signIn.password')}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        {needsCode && (
          <TextField
            label={t('signIn.code')}
            name="code"
            description={t('signIn.codeNeeded')}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
          />
        )}
        <Button type="submit" variant="primary" busy={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
    </main>
  )
}

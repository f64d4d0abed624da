import { localDateAt } from '@curbstop/kernel/dates'
import { policy, staff } from '@curbstop/server/contract/staff'
import { Alert, ToastProvider, UiProvider } from '@curbstop/ui'
import { RouterProvider } from '@tanstack/react-router'
import { useAsk } from './ask.ts'
import { FirstPasswordPage } from './FirstPasswordPage.tsx'
import { router } from './routes.tsx'
import { SignInPage } from './SignInPage.tsx'
import { MeContext } from './session.ts'
import { useWords } from './words.ts'

/** Signed out: the sign-in page. Signed in: the desk, in the district's time zone. */
export function App() {
  const t = useWords('shell')
  const me = useAsk(staff.getMe, {}, { staleTime: 60_000 })
  const district = useAsk(policy.getDistrict, {}, { staleTime: 3_600_000 })
  const timeZone = district.data?.timeZone ?? 'America/Los_Angeles'
  if (me.isPending) return null
  if (!me.data && me.error?.status !== 401) {
    return (
      <main className="wb-sign-in">
        <Alert tone="amber" title={t('signIn.offline')} />
      </main>
    )
  }
  if (!me.data) return <SignInPage />
  if (me.data.mustChangePassword) return <FirstPasswordPage me={me.data} />
  const navigate = (href: string) => void router.navigate({ to: href })
  return (
    <UiProvider today={localDateAt(new Date(), timeZone)} timeZone={timeZone} navigate={navigate}>
      <MeContext value={me.data}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </MeContext>
    </UiProvider>
  )
}

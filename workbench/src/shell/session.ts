/** Who is signed in, and what they may do. A button asks `useMay`; the server asks again. */
import type { Output } from '@curbstop/kernel/endpoint'
import type { staff } from '@curbstop/server/contract/staff'
import { createContext, useContext } from 'react'

export type Me = Output<typeof staff.getMe>

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('only inside the signed-in workbench')
  return me
}

export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission)
}

/** Every address of the workbench, in one place. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, BillId, Id, OrderId, TaskId } from '@curbstop/kernel/ids'

export const paths = {
  home: '/',
  signIn: '/sign-in',
  account: (id: AccountId) => `/accounts/${id}`,
  bill: (id: AccountId, bill: BillId) => `/accounts/${id}/bills/${bill}`,
  usageSheet: (id: AccountId) => `/accounts/${id}/sheet`,
  meters: (id: AccountId) => `/accounts/${id}/meters`,
  customer: (id: AccountId) => `/accounts/${id}/customer`,
  variances: '/variances',
  newVariance: (id: AccountId) => `/accounts/${id}/variances/new`,
  variance: (id: AccountId, variance: Id<'variance'>) => `/accounts/${id}/variances/${variance}`,
  move: '/move',
  desk: '/desk',
  task: (id: TaskId) => `/desk/${id}`,
  supervise: '/supervise',
  orders: '/orders',
  order: (id: OrderId) => `/orders/${id}`,
  readBook: '/read-book',
  readException: (id: Id<'exception'>) => `/read-book/${id}`,
  missingMeters: (book: number, dueOn: LocalDate) => `/read-book/missing/${book}/${dueOn}`,
  highUse: '/high-use',
  readFiles: '/read-files',
  readFile: (id: Id<'read-file'>) => `/read-files/${id}`,
  readRules: '/read-rules',
  policy: '/policy',
  rates: '/rates',
  people: '/people',
  me: '/me',
} as const

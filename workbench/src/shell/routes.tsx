/** Every page in one list; each is loaded when first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { MissingPage, PageFault } from './MissingPage.tsx'
import { Shell } from './Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: PageFault })
const page = <const P extends string>(
  path: P,
  load: Parameters<typeof lazyRouteComponent>[0],
  name: string,
) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load as never, name as never),
  })

const tree = root.addChildren([
  page('/', () => import('../contacts/HomePage.tsx'), 'HomePage'),
  page('/accounts/$accountId', () => import('../accounts/Account360Page.tsx'), 'Account360Page'),
  page('/accounts/$accountId/bills/$billId', () => import('../billing/BillPage.tsx'), 'BillPage'),
  page('/accounts/$accountId/sheet', () => import('../billing/UsageSheetPage.tsx'), 'UsageSheetPage'),
  page('/accounts/$accountId/meters', () => import('../metering/MetersPage.tsx'), 'MetersPage'),
  page(
    '/meter-tests/$testId/{-$accountId}',
    () => import('../metering/tests/MeterTestPage.tsx'),
    'MeterTestPage',
  ),
  page('/accounts/$accountId/customer', () => import('../customers/CustomerPage.tsx'), 'CustomerPage'),
  page('/variances', () => import('../variances/VariancesPage.tsx'), 'VariancesPage'),
  page(
    '/accounts/$accountId/variances/$varianceId',
    () => import('../variances/VariancePage.tsx'),
    'VariancePage',
  ),
  page('/move', () => import('../accounts/MovePage.tsx'), 'MovePage'),
  page('/desk', () => import('../desk/TasksPage.tsx'), 'TasksPage'),
  page('/desk/$taskId', () => import('../desk/TasksPage.tsx'), 'TasksPage'),
  page('/supervise', () => import('../desk/SupervisePage.tsx'), 'SupervisePage'),
  page('/orders', () => import('../fieldwork/OrdersPage.tsx'), 'OrdersPage'),
  page('/orders/$orderId', () => import('../fieldwork/OrdersPage.tsx'), 'OrdersPage'),
  // one route with and without a read, so that what was chosen stays while walking
  page('/read-book/{-$exceptionId}', () => import('../metering/book/ReadBookPage.tsx'), 'ReadBookPage'),
  page(
    '/read-book/missing/$bookId/$dueOn',
    () => import('../metering/book/MissingMetersPage.tsx'),
    'MissingMetersPage',
  ),
  page('/high-use', () => import('../metering/book/HighUsePage.tsx'), 'HighUsePage'),
  page('/read-files/{-$fileId}', () => import('../metering/book/files/ReadFilesPage.tsx'), 'ReadFilesPage'),
  page('/read-rules', () => import('../metering/book/rules/ReadRulesPage.tsx'), 'ReadRulesPage'),
  page('/policy', () => import('../policy/PolicyPage.tsx'), 'PolicyPage'),
  page('/people', () => import('../staff/PeoplePage.tsx'), 'PeoplePage'),
  page('/me', () => import('../staff/MyPage.tsx'), 'MyPage'),
])

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent' })

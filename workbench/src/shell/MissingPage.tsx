import { Columns, EmptyState, Link } from '@curbstop/ui'
import { paths } from './paths.ts'
import { useWords } from './words.ts'

export function MissingPage() {
  const t = useWords('shell')
  return (
    <Columns>
      <EmptyState title={t('page.missing')} actions={<Link href={paths.home}>{t('page.home')}</Link>} />
    </Columns>
  )
}

/** A page that broke says so; the frame and the other pages go on. */
export function PageFault() {
  const t = useWords('shell')
  return (
    <Columns>
      <EmptyState title={t('page.fault')} actions={<Link href={paths.home}>{t('page.home')}</Link>} />
    </Columns>
  )
}

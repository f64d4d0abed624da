import { Link } from '@curbstop/ui'
import { useLocation } from '@tanstack/react-router'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'

const pages = [
  ['book', paths.readBook],
  ['highUse', paths.highUse],
  ['files', paths.readFiles],
  ['rules', paths.readRules],
] as const

/** The four pages about reads, beside each other. */
export function BookTabs() {
  const t = useWords('readBook')
  const { pathname } = useLocation()
  return (
    <nav className="wb-also" aria-label={t('also.label')}>
      {pages.map(([name, href]) => (
        <Link key={name} href={href} current={pathname.startsWith(href) ? 'page' : undefined}>
          {t(`also.${name}`)}
        </Link>
      ))}
    </nav>
  )
}

import type { Output } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import { Badge, type Column, DataTable, EmptyState, Section } from '@curbstop/ui'
import { useMemo } from 'react'
import { Answer } from '../../../shell/Answer.tsx'
import { useAsk } from '../../../shell/ask.ts'
import { useWords } from '../../../shell/words.ts'
import type { Span } from './ReadRulesPage.tsx'

type Reader = Output<typeof metering.listReaders>[number]

/** Readers beside each other: how much of what they bring is doubted, and how often the doubt was right. */
export function Readers({ span }: { span: Span }) {
  const t = useWords('readRules')
  const asked = useAsk(metering.listReaders, span, { keepPrevious: true })
  const columns = useMemo<Column<Reader>[]>(() => {
    const number = (id: 'reads' | 'exceptions' | 'corrected' | 'accepted' | 'skips'): Column<Reader> => ({
      id,
      title: t(`reader.${id}`),
      align: 'end',
      cell: row => row[id].toLocaleString('en-US'),
      sort: row => row[id],
      text: row => row[id],
    })
    const share = ({ exceptions, reads }: Reader) => (reads === 0 ? 0 : exceptions / reads)
    return [
      { id: 'reader', title: t('reader.reader'), cell: row => row.reader, text: row => row.reader },
      number('reads'),
      number('exceptions'),
      {
        id: 'share',
        title: t('reader.share'),
        align: 'end',
        cell: row => `${(share(row) * 100).toFixed(1)} %`,
        sort: share,
        text: row => share(row).toFixed(4),
      },
      number('corrected'),
      number('accepted'),
      number('skips'),
      {
        id: 'digits',
        title: t('reader.digits'),
        grow: true,
        cell: row => (row.digitsStrange ? <Badge tone="amber">{t('strange')}</Badge> : t('usual')),
        text: row => (row.digitsStrange ? t('strange') : t('usual')),
      },
    ]
  }, [t])
  return (
    <Section title={t('readers')}>
      <p className="cs-quiet">{t('readersHelp')}</p>
      <Answer of={asked} lines={4}>
        {readers => (
          <DataTable
            label={t('readers')}
            columns={columns}
            rows={readers}
            rowKey={row => row.reader}
            empty={<EmptyState title={t('noReaders')} />}
          />
        )}
      </Answer>
    </Section>
  )
}

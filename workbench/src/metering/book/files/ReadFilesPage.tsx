import '../../../desk/desk.css'
import '../book.css'
import type { Output } from '@curbstop/kernel/endpoint'
import { asId } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import { Badge, type Column, Columns, DataTable, EmptyState, InstantText, Section } from '@curbstop/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { Answer } from '../../../shell/Answer.tsx'
import { useAsk } from '../../../shell/ask.ts'
import { useDeeds } from '../../../shell/keys.ts'
import { paths } from '../../../shell/paths.ts'
import { useWords } from '../../../shell/words.ts'
import { BookTabs } from '../BookTabs.tsx'
import { countIn } from './counts.ts'
import { OneFile } from './OneFile.tsx'
import { UploadForm } from './UploadForm.tsx'

export type ReadFile = Output<typeof metering.listReadFiles>[number]

const focusRow = () => document.querySelector<HTMLElement>('#cs-page tr.cs-row')?.focus()
const everyMs = 1_000

/** While a file is being loaded its progress is asked for every second; the server notes it as often. */
function useProgress(isLoading: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isLoading) return
    const refresh = () =>
      void client.invalidateQueries({
        predicate: ({ queryKey: [path] }) => String(path).startsWith('/metering/files'),
      })
    const timer = setInterval(refresh, everyMs)
    return () => clearInterval(timer)
  }, [client, isLoading])
}

/** Files of reads: what came in, how far it is, what of it was not taken and why; and bringing another. */
export function ReadFilesPage() {
  const t = useWords('readFiles')
  const { fileId } = useParams({ strict: false }) as { fileId?: string }
  const chosen = fileId && /^[1-9]\d{0,17}$/.test(fileId) ? asId<'read-file'>(fileId) : null
  const asked = useAsk(metering.listReadFiles, {})
  useDeeds([{ id: 'files-walk', title: t('walk'), keys: 'j', section: t('section'), run: focusRow }])
  useProgress(asked.data?.some(file => file.state === 'loading') ?? false)
  return (
    <Columns
      right={chosen ? <OneFile key={String(chosen)} readFileId={chosen} /> : undefined}
      rightLabel={t('one.counts')}
    >
      <BookTabs />
      <h1 className="cs-title">{t('title')}</h1>
      <UploadForm />
      <Section title={t('list')}>
        <Answer of={asked} lines={6}>
          {files => <FileTable files={files} />}
        </Answer>
      </Section>
    </Columns>
  )
}

function FileTable({ files }: { files: readonly ReadFile[] }) {
  const t = useWords('readFiles')
  const navigate = useNavigate()
  const columns = useColumns()
  return (
    <DataTable
      label={t('list')}
      columns={columns}
      rows={files}
      rowKey={file => String(file.readFileId)}
      onOpen={file => void navigate({ to: paths.readFile(file.readFileId) })}
      empty={<EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>}
    />
  )
}

const tones = { loading: 'action', loaded: 'green', refused: 'red', cancelled: 'quiet' } as const

function useColumns(): Column<ReadFile>[] {
  const t = useWords('readFiles')
  return useMemo(() => {
    const number = (id: 'reads' | 'hours' | 'doubt' | 'refused', name: string): Column<ReadFile> => ({
      id,
      title: t(`columns.${id}`),
      align: 'end',
      cell: file => countIn(file, name)?.toLocaleString('en-US') ?? '',
      sort: file => countIn(file, name),
      text: file => countIn(file, name) ?? '',
    })
    const state = (file: ReadFile) =>
      file.state === 'loading' && file.bytes > 0
        ? `${t('state.loading')} ${Math.floor((file.doneBytes / file.bytes) * 100)} %`
        : t(`state.${file.state}`)
    return [
      { id: 'name', title: t('columns.name'), grow: true, cell: file => file.name, text: file => file.name },
      {
        id: 'format',
        title: t('columns.format'),
        cell: file => t(`format.${file.format as 'csv'}`),
        text: file => file.format,
      },
      {
        id: 'state',
        title: t('columns.state'),
        cell: file => <Badge tone={tones[file.state]}>{state(file)}</Badge>,
        text: state,
      },
      number('reads', 'reads'),
      number('hours', 'intervals'),
      number('doubt', 'exceptions'),
      number('refused', 'refused'),
      {
        id: 'received',
        title: t('columns.received'),
        cell: file => (
          <>
            <InstantText at={file.receivedAt} /> {t('by', { name: file.receivedBy })}
          </>
        ),
        sort: file => file.receivedAt,
        text: file => file.receivedAt,
      },
    ]
  }, [t])
}

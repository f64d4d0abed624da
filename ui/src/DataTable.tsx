import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { toCsv } from './csv.ts'
import { Skeleton } from './Feedback.tsx'
import { LinkButton } from './Link.tsx'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'
import { type Column, type Sort, sortRows } from './tableTypes.ts'
import { useStrings } from './UiProvider.tsx'
import { useRowKeys } from './useRowKeys.ts'
import { useRowWindow } from './useRowWindow.ts'

export type DataTableProps<Row> = {
  /** Its name for ears; a visible heading stands outside. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Enter, a double click or a click on the row opens it. */
  onOpen?: (row: Row) => void
  /** Keys of chosen rows; with `onSelectedChange` a column of boxes appears and `x` selects. */
  selected?: ReadonlySet<string>
  onSelectedChange?: (selected: Set<string>) => void
  defaultSort?: Sort
  /** Given by a server that sorts: then the table only shows the order it gets. */
  sort?: Sort | null
  onSortChange?: (sort: Sort) => void
  /** Unfolds under a row on Enter or click; one row at a time. */
  detail?: (row: Row) => ReactNode
  empty?: ReactNode
  loading?: boolean
  /** Scrolls inside this height with the heading kept; from 200 rows on only those in sight are drawn. */
  maxHeight?: number | string
  /** No count and no CSV under the table. */
  bare?: boolean
}

/** The one table: 28 px rows, kept heading, j k arrows Enter x, sorting, detail, selection, CSV, thousands of rows. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rowKey, onOpen, detail, selected, onSelectedChange } = props
  const strings = useStrings()
  const [ownSort, setOwnSort] = useState<Sort | null>(props.defaultSort ?? null)
  const [openKey, setOpenKey] = useState<string | null>(null)
  const sort = props.sort === undefined ? ownSort : props.sort
  const rows = useMemo(
    () => (props.sort === undefined ? sortRows(props.rows, columns, ownSort) : props.rows),
    [props.rows, props.sort, columns, ownSort],
  )
  const scroller = useRef<HTMLDivElement>(null)
  const openIndex = openKey === null ? -1 : rows.findIndex(row => rowKey(row) === openKey)
  const view = useRowWindow(scroller, {
    total: rows.length,
    enabled: props.maxHeight !== undefined,
    openIndex,
  })

  const open = (row: Row) => {
    if (detail) setOpenKey(key => (key === rowKey(row) ? null : rowKey(row)))
    onOpen?.(row)
  }
  const select = (row: Row) => {
    if (!onSelectedChange) return
    const next = new Set(selected)
    if (!next.delete(rowKey(row))) next.add(rowKey(row))
    onSelectedChange(next)
  }
  const keys = useRowKeys({
    scroller,
    rows,
    open,
    select,
    close: () => setOpenKey(null),
    reveal: view.reveal,
  })
  const act = useLatest({ open, select })
  const selectAll =
    onSelectedChange && ((on: boolean) => onSelectedChange(new Set(on ? rows.map(rowKey) : [])))
  const span = columns.length + (onSelectedChange ? 1 : 0)

  if (props.loading && rows.length === 0) return <Skeleton lines={6} label={strings.loading} />
  return (
    <div className="cs-table-wrap">
      <div
        ref={scroller}
        className="cs-table-scroll"
        style={{ maxHeight: props.maxHeight }}
        onScroll={view.onScroll}
      >
        <div style={{ minHeight: view.height }}>
          {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both grid roles take these */}
          <table
            role={detail ? 'treegrid' : 'grid'}
            className={classes('cs-table', view.windowed && 'cs-table-windowed')}
            aria-label={props.label}
            aria-rowcount={rows.length + 1}
            aria-multiselectable={onSelectedChange ? true : undefined}
            aria-busy={props.loading || undefined}
            onKeyDown={keys.onKeyDown}
          >
            <TableHead
              columns={columns}
              sort={sort}
              onSort={next => (props.sort === undefined ? setOwnSort(next) : props.onSortChange?.(next))}
              chosen={selected?.size ?? 0}
              total={rows.length}
              onSelectAll={selectAll}
            />
            <tbody>
              <Spacer height={view.before} span={span} />
              {rows.slice(view.first, view.last).map((row, offset) => (
                <TableRow
                  key={rowKey(row)}
                  row={row}
                  columns={columns}
                  index={view.first + offset}
                  focusable={keys.focused === view.first + offset}
                  onFocus={keys.setFocused}
                  onOpen={onOpen || detail ? act.open : undefined}
                  onSelect={onSelectedChange ? act.select : undefined}
                  selected={selected?.has(rowKey(row)) ?? false}
                  detail={detail && openKey === rowKey(row) ? detail(row) : null}
                  hasDetail={Boolean(detail)}
                  detailRef={view.detailRef}
                />
              ))}
              <Spacer height={view.after} span={span} />
            </tbody>
            {columns.some(column => column.footer !== undefined) && rows.length > 0 && (
              <tfoot>
                <tr>
                  {onSelectedChange && <td />}
                  {columns.map(column => (
                    <td key={column.id} className={column.align === 'end' ? 'cs-cell-end' : undefined}>
                      {column.footer}
                    </td>
                  ))}
                </tr>
              </tfoot>
            )}
          </table>
        </div>
      </div>
      {rows.length === 0 && props.empty}
      {!props.bare && rows.length > 0 && (
        <div className="cs-table-foot">
          <span>{strings.table.rows(rows.length)}</span>
          {selected && selected.size > 0 && (
            <span role="status">{strings.table.selected(selected.size)}</span>
          )}
          <CopyCsv columns={columns} rows={rows} />
        </div>
      )}
    </div>
  )
}

/** Handlers that stay the same while what they do follows the latest render. */
function useLatest<Row>(handlers: { open: (row: Row) => void; select: (row: Row) => void }) {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  return useMemo(
    () => ({
      open: (row: Row) => latest.current.open(row),
      select: (row: Row) => latest.current.select(row),
    }),
    [],
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height === 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it holds room only, nothing in it can be focused
    <tr className="cs-row-spacer" aria-hidden="true">
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}

/** The table as it is sorted and filtered now, as CSV text: heading first. */
export function tableCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const told = columns.filter(column => column.text)
  return toCsv([told.map(column => column.title), ...rows.map(row => told.map(column => column.text!(row)))])
}

function CopyCsv<Row>({ columns, rows }: { columns: readonly Column<Row>[]; rows: readonly Row[] }) {
  const strings = useStrings()
  const [copied, setCopied] = useState(false)
  if (!columns.some(column => column.text)) return null
  const copy = async () => {
    await navigator.clipboard.writeText(tableCsv(columns, rows))
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return <LinkButton onPress={copy}>{copied ? strings.copied : strings.copyCsv}</LinkButton>
}

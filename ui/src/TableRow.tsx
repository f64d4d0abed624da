import { type MouseEvent, memo, type ReactNode, type Ref } from 'react'
import { classes } from './classes.ts'
import type { Column } from './tableTypes.ts'
import { useStrings } from './UiProvider.tsx'

export type TableRowProps<Row> = {
  row: Row
  columns: readonly Column<Row>[]
  index: number
  focusable: boolean
  onFocus: (index: number) => void
  onOpen?: ((row: Row) => void) | undefined
  onSelect?: ((row: Row) => void) | undefined
  selected: boolean
  detail: ReactNode
  hasDetail: boolean
  detailRef: Ref<HTMLTableRowElement>
}

const isControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a, button, input, label, select')

/** Drawn again only when something about this row changed: moving the focus touches two rows, not all. */
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow

/** One row: it takes the focus as a whole; controls inside keep their own clicks. */
function PlainTableRow<Row>(props: TableRowProps<Row>) {
  const { row, columns, index, onOpen, onSelect, detail, hasDetail } = props
  const strings = useStrings()
  const click = (event: MouseEvent) => {
    if (isControl(event.target) || window.getSelection()?.type === 'Range') return
    onOpen?.(row)
  }
  return (
    <>
      <tr
        className={classes('cs-row', onOpen && 'cs-row-opens')}
        tabIndex={props.focusable ? 0 : -1}
        data-index={index}
        aria-rowindex={index + 2}
        aria-selected={onSelect ? props.selected : undefined}
        aria-expanded={hasDetail ? detail !== null : undefined}
        onFocus={() => props.onFocus(index)}
        onClick={click}
      >
        {onSelect && (
          <td className="cs-cell-check">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={strings.table.selectRow}
              checked={props.selected}
              onChange={() => onSelect(row)}
            />
          </td>
        )}
        {columns.map(column => (
          <td
            key={column.id}
            className={classes(
              column.align === 'end' && 'cs-cell-end',
              column.grow && 'cs-cell-grow',
              column.wrap && 'cs-cell-wrap',
            )}
          >
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {detail !== null && (
        <tr ref={props.detailRef} className="cs-row-detail">
          <td colSpan={columns.length + (onSelect ? 1 : 0)}>{detail}</td>
        </tr>
      )}
    </>
  )
}

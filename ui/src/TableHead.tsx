import { Icon } from './Icon.tsx'
import type { Column, Sort } from './tableTypes.ts'
import { useStrings } from './UiProvider.tsx'

export type TableHeadProps<Row> = {
  columns: readonly Column<Row>[]
  sort: Sort | null
  onSort: (sort: Sort) => void
  chosen: number
  total: number
  onSelectAll?: ((on: boolean) => void) | undefined
}

/** Headings that stay in sight; a sortable one is a button and says its direction. */
export function TableHead<Row>({ columns, sort, onSort, chosen, total, onSelectAll }: TableHeadProps<Row>) {
  const strings = useStrings()
  const all = total > 0 && chosen >= total
  return (
    <thead>
      <tr aria-rowindex={1}>
        {onSelectAll && (
          <th scope="col" className="cs-cell-check">
            <input
              type="checkbox"
              aria-label={strings.table.selectAll}
              checked={all}
              ref={input => {
                if (input) input.indeterminate = chosen > 0 && !all
              }}
              onChange={event => onSelectAll(event.target.checked)}
            />
          </th>
        )}
        {columns.map(column => {
          const direction = sort?.column === column.id ? sort.direction : undefined
          const next = direction === 'ascending' ? 'descending' : 'ascending'
          return (
            <th
              key={column.id}
              scope="col"
              className={column.align === 'end' ? 'cs-cell-end' : undefined}
              style={column.width ? { width: column.width, minWidth: column.width } : undefined}
              aria-sort={column.sort ? (direction ?? 'none') : undefined}
            >
              {column.sort ? (
                <button
                  type="button"
                  className="cs-sort"
                  onClick={() => onSort({ column: column.id, direction: next })}
                >
                  {column.align === 'end' && <Icon name="up" size={10} />}
                  {column.title}
                  {column.align !== 'end' && <Icon name="up" size={10} />}
                </button>
              ) : (
                column.title
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

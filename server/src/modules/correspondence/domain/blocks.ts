/** A message as a few kinds of blocks, written out as plain text and as HTML that every mail program and printer shows. */

export type Column = { readonly head: string; readonly align: 'left' | 'right' }
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly string[])[]
      readonly foot?: readonly string[]
    }
  /** Horizontal bars drawn as table cells: mail programs show no pictures that are not fetched. */
  | { readonly kind: 'bars'; readonly rows: readonly Bar[] }
export type Bar = {
  readonly label: string
  readonly value: string
  readonly size: number
  readonly pale?: boolean
}

export type Frame = {
  readonly language: string
  readonly subject: string
  readonly district: string
  readonly office: string
  /** Lines above the greeting of a letter: to whom it goes; none in an e-mail. */
  readonly address: readonly string[]
  readonly date: string
  readonly foot: readonly string[]
}

export function writeText(blocks: readonly Block[], frame: Frame): string {
  const head = frame.address.length > 0 ? [frame.date, frame.address.join('\n')] : []
  const body = blocks.map(textOf).filter(text => text !== '')
  return `${[...head, ...body, frame.foot.join('\n')].join('\n\n')}\n`
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text
    case 'heading':
      return block.text.toUpperCase()
    case 'list':
      return block.items.map(item => `- ${item}`).join('\n')
    case 'table':
      return textTable(block)
    case 'bars':
      return '' // the same figures stand in the table
  }
}

function textTable({ columns, rows, foot }: Extract<Block, { kind: 'table' }>): string {
  const all = [columns.map(column => column.head), ...rows, ...(foot ? [foot] : [])]
  const widths = columns.map((_, at) => Math.max(...all.map(row => (row[at] ?? '').length)))
  const line = (row: readonly string[]) =>
    columns
      .map(({ align }, at) => {
        const cell = row[at] ?? ''
        return align === 'right' ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)
      })
      .join('  ')
      .trimEnd()
  return all.map(line).join('\n')
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const lines = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>')
const cellStyle = (align: string) => `padding:4px 12px 4px 0;text-align:${align};vertical-align:top`

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 14px">${lines(block.text)}</p>`
    case 'heading':
      return `<h2 style="font-size:16px;margin:20px 0 8px">${escapeHtml(block.text)}</h2>`
    case 'list':
      return `<ul style="margin:0 0 14px;padding-left:22px">${block.items.map(item => `<li style="margin:0 0 6px">${lines(item)}</li>`).join('')}</ul>`
    case 'table':
      return htmlTable(block)
    case 'bars':
      return htmlBars(block.rows)
  }
}

function htmlTable({ columns, rows, foot }: Extract<Block, { kind: 'table' }>): string {
  const row = (cells: readonly string[], tag: 'th' | 'td', weight = '') =>
    `<tr>${columns
      .map(
        ({ align }, at) =>
          `<${tag}${tag === 'th' ? ' scope="col"' : ''} style="${cellStyle(align)};${weight}border-bottom:1px solid #c9d2d9">${escapeHtml(cells[at] ?? '')}</${tag}>`,
      )
      .join('')}</tr>`
  const head = row(
    columns.map(column => column.head),
    'th',
  )
  const end = foot ? `<tfoot>${row(foot, 'td', 'font-weight:bold;')}</tfoot>` : ''
  return `<table style="border-collapse:collapse;margin:0 0 16px"><thead>${head}</thead><tbody>${rows.map(cells => row(cells, 'td')).join('')}</tbody>${end}</table>`
}

function htmlBars(rows: readonly Bar[]): string {
  const largest = Math.max(...rows.map(bar => bar.size), Number.MIN_VALUE)
  const bar = ({ label, value, size, pale }: Bar) => {
    const width = Math.max(1, Math.round((size / largest) * 320))
    return `<tr><td style="${cellStyle('left')};font-size:13px;white-space:nowrap">${escapeHtml(label)}</td><td style="padding:2px 0"><div style="display:inline-block;height:14px;width:${width}px;background:${pale ? '#b9cbd6' : '#1b6c8f'};vertical-align:middle;-webkit-print-color-adjust:exact;print-color-adjust:exact"></div> <span style="font-size:13px">${escapeHtml(value)}</span></td></tr>`
  }
  return `<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${rows.map(bar).join('')}</table>`
}

/** A whole page: what the mail program shows, and the print view of a letter. */
export function writeHtml(blocks: readonly Block[], frame: Frame): string {
  const address =
    frame.address.length > 0
      ? `<p style="margin:0 0 24px">${escapeHtml(frame.date)}</p><p style="margin:0 0 32px">${frame.address.map(escapeHtml).join('<br>')}</p>`
      : ''
  return [
    '<!doctype html>',
    `<html lang="${frame.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${escapeHtml(frame.subject)}</title></head>`,
    '<body style="margin:0 auto;padding:24px;max-width:680px;font:15px/1.5 Helvetica,Arial,sans-serif;color:#1d2a33;background:#ffffff">',
    `<p style="margin:0 0 24px;border-bottom:3px solid #1b6c8f;padding-bottom:8px"><strong style="font-size:18px">${escapeHtml(frame.district)}</strong><br><span style="font-size:13px;color:#4a5a65">${escapeHtml(frame.office)}</span></p>`,
    address,
    ...blocks.map(htmlOf),
    `<p style="margin:24px 0 0;color:#4a5a65;font-size:13px">${frame.foot.map(escapeHtml).join('<br>')}</p>`,
    '</body></html>',
  ].join('\n')
}

/** One CSV text by RFC 4180; a cell that a spreadsheet would run as a formula gets a quote in front. */
export function toCsv(rows: readonly (readonly (string | number | bigint | null | undefined)[])[]): string {
  return rows.map(row => row.map(cell).join(',')).join('\r\n')
}

function cell(value: string | number | bigint | null | undefined): string {
  const raw = value === null || value === undefined ? '' : String(value)
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(raw) && !/^[+-]?[\d.,]+$/.test(raw) ? `'${raw}` : raw
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Hands a text to the person as a file. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** What a file looks like, from its first characters: for the sentence that says which format to try instead. */
import type { ReadFileFormat } from './kinds.ts'

const signs: readonly (readonly [RegExp, ReadFileFormat])[] = [
  [/^MEPMD\d\d,/, 'cmep'],
  [/^\s*<[\s\S]*(naesb\.org\/espi|IntervalBlock|UsagePoint)/, 'greenbutton'],
  [/^"?[^\n]*"?(Flow_Time|Billing_Read)"?[^\n]*\n/, 'beacon'],
  [/^[^\n]*\b(ScaledRead|MTUID)\b[^\n]*\n/, 'aclara'],
  [/^FHD[ \d][^\n]*\r?\n(RHD|CHD)/, 'mvrs'],
  [/^COMHD[^\n]*\r?\n/, 'equinox'],
  [/^[^\n]{103}[WGEP]\d{10}[^\n]{41}\r?\n/, 'autoread'],
  [/^[^\n]{508}\r?\n/, 'ezroute'],
  [/^(?:[^\n]{227}|[^\n]{91})\r?\n/, 'sensus-notes'],
  [/^[^\n]{13}[\d ]{7}\d{6}[^\n]{10}\r?\n/, 'radix'],
  [
    /^(?=[^\n]*(meter|serial|account|cust))(?=[^\n]*(read|usage|interval|register|use))[^\n]*[,;\t|][^\n]*\n/i,
    'csv',
  ],
]

export function guessFormat(head: string): ReadFileFormat | null {
  return signs.find(([sign]) => sign.test(head))?.[1] ?? null
}

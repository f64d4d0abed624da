/** A timeline row in words, from its codes and facts alone. */
import { formatNumber } from '@curbstop/ui'
import type { useWords } from '../shell/words.ts'
import { strings } from './timeline-strings.ts'
import type { TimelineRow } from './view.ts'

type Say = ReturnType<typeof useWords<'timeline'>>

type Kind = keyof typeof strings.kind
type Sentence = keyof typeof strings.says

const isKind = (kind: string): kind is Kind => kind in strings.kind
const isSentence = (kind: string): kind is Sentence => kind in strings.says

/** The small word before the sentence: bill, read, pay. */
export const kindWord = (row: TimelineRow, say: Say): string =>
  isKind(row.kind) ? say(`kind.${row.kind}`) : say(`group.${row.group}`)

/** The sentence of a row: the words of its kind, then every fact that is there. */
export function rowWords(row: TimelineRow, say: Say): string {
  const facts = Object.fromEntries(
    Object.entries(row.facts).filter(([, value]) => value !== null && value !== ''),
  )
  const head = isSentence(row.kind) ? say(`says.${row.kind}`) : kindWord(row, say)
  const parts = Object.entries(facts)
    .map(([name, value]) => factWord(name, String(value), say))
    .filter(part => part !== null)
  return [head, ...parts].join(' · ')
}

const isFact = (name: string): name is keyof typeof strings.fact => name in strings.fact
const isValue = (value: string): value is keyof typeof strings.value => value in strings.value

function factWord(name: string, value: string, say: Say): string | null {
  if (name.endsWith('Id')) return null
  const shown = isValue(value)
    ? say(`value.${value}`)
    : /^\d{4,}$/.test(value) && isCount(name)
      ? formatNumber(Number(value))
      : value
  return isFact(name) ? say(`fact.${name}`, { value: shown }) : shown
}

const isCount = (name: string) => name === 'value' || name === 'gallons' || name === 'readValue'

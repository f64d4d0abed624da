/** The two sentences in Spanish, as they stand on the customer's sheet. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Amount, Reason, SummaryFacts } from './summary.ts'

const months =
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ')
const dayOf = (on: LocalDate): string =>
  `${Number(on.slice(8, 10))} de ${months[Number(on.slice(5, 7)) - 1]} de ${on.slice(0, 4)}`

export function spanish(facts: SummaryFacts): string {
  const { change, reason, rest, isProved } = facts
  if (!change) return aloneOf(facts)
  const head = `${subjectOf(facts)}${changeOf(change)}.`
  if (!isProved) return `${head} Estamos revisando esta factura; llámenos antes de pagarla.`
  if (!reason) return head
  return `${head} ${reasonText(reason)}${rest ? `; los demás cambios ${effect(rest, 'they')}` : ''}.`
}

function aloneOf(facts: SummaryFacts): string {
  const { used, days, fromOn, toOn } = facts
  const what = used ? `por ${used} de agua en ${count(days)}` : `por ${count(days)}`
  return `${subjectOf(facts, what)}. Va del ${dayOf(fromOn)} al ${dayOf(toOn)}.`
}

const count = (days: number): string => (days === 1 ? 'un día' : `${days} días`)
const kinds = {
  first: 'primera factura',
  regular: 'factura',
  final: 'factura final',
  'off-cycle': 'factura',
} as const

function subjectOf({ kind, total, days }: SummaryFacts, alone?: string): string {
  const length = alone ?? (kind === 'regular' ? null : `por ${count(days)}`)
  const bill = length ? `Esta ${kinds[kind]}, ${length},` : `Esta ${kinds[kind]}`
  if (total.sign === 0) return `${bill} no tiene nada que pagar`
  return `${bill} es ${total.sign < 0 ? 'un crédito de' : 'de'} ${total.dollars}`
}

function changeOf({ sign, dollars, against }: NonNullable<SummaryFacts['change']>): string {
  const other = against === 'last-bill' ? 'la anterior' : 'la de la misma época del año pasado'
  if (sign === 0) return `, igual que ${other}`
  return `, ${dollars} ${sign > 0 ? 'más' : 'menos'} que ${other}`
}

const effect = ({ sign, dollars }: Amount, who: 'it' | 'they'): string =>
  sign > 0 ? `suma${who === 'they' ? 'n' : ''} ${dollars}` : `resta${who === 'they' ? 'n' : ''} ${dollars}`

const reasonText = (reason: Reason): string => `${causeOf(reason)}, lo que ${effect(reason, 'it')}`

function causeOf(reason: Reason): string {
  const { code, before, now, unit, since } = reason
  const figures = before && now ? { before, now } : null
  switch (code) {
    case 'use':
      return useOf(reason)
    case 'days':
      return `Abarca ${now} días en lugar de ${before}`
    case 'persons':
    case 'area': {
      const part = code === 'persons' ? 'interior' : 'exterior'
      return `Cambió la parte ${part} del presupuesto de agua${figures ? `: en total pasó de ${before} a ${now} ${unit}` : ''}`
    }
    case 'weather':
      return `La temporada y el clima cambiaron el presupuesto de agua${figures ? ` de ${before} a ${now} ${unit}` : ''}`
    case 'rates':
      return since ? `Las tarifas cambiaron el ${dayOf(since)}` : 'Las tarifas cambiaron'
    case 'sewer-average':
      return figures
        ? `El cargo de alcantarillado usa ahora un promedio de invierno de ${now} ${unit} en lugar de ${before}`
        : 'Cambió el promedio de invierno del cargo de alcantarillado'
    case 'service':
      return 'Cambió un servicio o el medidor'
  }
}

function useOf({ before, now, way, estimate }: Reason): string {
  const figures = before && now ? `unos ${now} galones por día en lugar de ${before}` : null
  if (estimate === 'settled')
    return `La factura anterior fue estimada y esta sigue la lectura del medidor, así que corrige la diferencia${figures ? `: ${figures}` : ''}`
  if (estimate === 'now') return `Esta factura es una estimación${figures ? ` de ${figures}` : ''}`
  if (way === 'other' || !figures) return 'Cambió el consumo de agua'
  return `Se usó ${way === 'more' ? 'más' : 'menos'} agua, ${figures}`
}

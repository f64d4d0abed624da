/** Which acts a request allows now, and why not: the sentences are the server's own where it has them. */
import type { Draft, View } from './draft.ts'

export const acts = [
  ['approve', 'a'],
  ['deny', 'd'],
  ['propose', 'p'],
  ['proposeDeny', 'n'],
  ['ask', 'e'],
  ['appeal', 'o'],
  ['grantAppeal', 'y'],
  ['denyAppeal', 'u'],
  ['withdraw', 'x'],
  ['end', 'q'],
] as const
export type Act = (typeof acts)[number][0]

const waiting = ['requested', 'proposed', 'evidence-asked']

/** Acts that belong to the state the request is in; the others are not drawn. */
export function actsOf({ row, grants }: View): readonly (typeof acts)[number][] {
  const counts = grants.some(grant => grant.standing !== 'ended')
  return acts.filter(([act]) => {
    if (waiting.includes(row.state))
      return ['approve', 'deny', 'propose', 'proposeDeny', 'ask', 'withdraw'].includes(act)
    if (row.state === 'appealed') return ['grantAppeal', 'denyAppeal', 'withdraw'].includes(act)
    if (row.state === 'denied') return act === 'appeal'
    return row.state === 'approved' && counts && act === 'end'
  })
}

type Words = { unsaved: string; notEligible: (code: string, says: string) => string; mayNot: string }

/** The sentence on a button that cannot be pressed, or null. */
export function whyNot(act: Act, { view, isChanged, mayAct, words }: Asked): string | null {
  const { verdict, row } = view
  if (!mayAct) return words.mayNot
  if (isChanged) return words.unsaved
  if (row.isPrivate && act !== 'withdraw' && act !== 'appeal') return verdict.says
  if (act === 'approve' || act === 'deny' || act === 'end') {
    if (verdict.may !== 'alone') return verdict.says
  }
  if (act === 'approve' && !verdict.isEligible) {
    const rule =
      verdict.rules.find(one => one.answer === 'refused') ??
      verdict.rules.find(one => one.answer === 'missing')
    return rule ? words.notEligible(rule.code, rule.says) : null
  }
  return null
}

type Asked = { view: View; isChanged: boolean; mayAct: boolean; words: Words }

export const isSame = (a: Draft | null, b: Draft | null): boolean => keyOf(a) === keyOf(b)

const keyOf = (draft: Draft | null): string =>
  draft === null
    ? ''
    : JSON.stringify(
        Object.entries(draft)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [
            name,
            Array.isArray(value) ? value.map(one => `${one.kind} ${one.count}`).sort() : String(value),
          ])
          .sort(),
      )

import type { Rule } from '../domain.ts'

/** A rule as shipped, before a district adopts it; the seed makes every pack's rules effective. */
export type PackRule = Omit<Rule, 'ruleId' | 'effectiveTo'>

/** What a check of a tariff says, and how a check says it. */
export type Finding = {
  readonly severity: 'error' | 'warning' | 'note'
  readonly class?: string
  readonly part?: string
  /** Stable name of the check, `unknown-name`. */
  readonly code: string
  readonly message: string
}

export type Report = (
  severity: Finding['severity'],
  code: string,
  part: string | undefined,
  message: string,
) => void

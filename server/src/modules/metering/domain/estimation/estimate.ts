/** What is written down when nobody could read (VEE-018, VEE-019): the method is always named. */
export type EstimateMethod =
  | 'interval-gap-fill'
  | 'same-period-last-year'
  | 'twelve-month-average'
  | 'peer-median'

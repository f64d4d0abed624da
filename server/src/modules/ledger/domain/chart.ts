/**
 * The chart of accounts by fund, as decisions use it. The table `ledger.gl_account` holds the same numbers; a
 * database test compares the two.
 */

/** Fees receivable and returned items belong to the water fund; money paid ahead is held in trust. */
export const gl = {
  cashWater: 1010,
  cashSewer: 1020,
  cashTrust: 1030,
  transferClearing: 1050,
  returnedItems: 1090,
  waterReceivable: 1210,
  sewerReceivable: 1220,
  feesReceivable: 1230,
  customerCredit: 2310,
  securityDeposits: 2320,
  waterService: 4110,
  waterUse: 4120,
  fireService: 4130,
  sewerCharges: 4210,
  fees: 4310,
  waterAdjustments: 4910,
  sewerAdjustments: 4920,
} as const

export type Gl = (typeof gl)[keyof typeof gl]
export type Fund = 'water' | 'sewer' | 'trust'

const sewerFund: readonly number[] = [1020, 1220, 4210, 4920]
const trustFund: readonly number[] = [1030, 2310, 2320]

export function fundOf(account: number): Fund {
  return sewerFund.includes(account) ? 'sewer' : trustFund.includes(account) ? 'trust' : 'water'
}

/** What a debt is for. Irrigation and fire service are debts for water. */
export const debtServices = ['water', 'sewer', 'fees'] as const
export type DebtService = (typeof debtServices)[number]

export const receivableOf: Readonly<Record<DebtService, Gl>> = {
  water: gl.waterReceivable,
  sewer: gl.sewerReceivable,
  fees: gl.feesReceivable,
}

/** The cash account of the fund that the debt belongs to: no posting crosses funds. */
export const cashOf: Readonly<Record<DebtService, Gl>> = {
  water: gl.cashWater,
  sewer: gl.cashSewer,
  fees: gl.cashWater,
}

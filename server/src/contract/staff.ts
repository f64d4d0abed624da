/** What the workbench may ask: the modules' contracts, nothing else. */

export { accountCard, accounts, occupancySituation, searchHit } from '../modules/accounts/contract/index.ts'
export {
  billCard,
  billExplanation,
  billing,
  billingCard,
  billLine,
  usageBillPeriod,
  whatIfScenario,
} from '../modules/billing/contract/index.ts'
export { contactInHand, contactRow, contacts, stepSchema } from '../modules/contacts/contract.ts'
export { correspondence, letter } from '../modules/correspondence/contract/index.ts'
export {
  authorizedContact,
  callerDecision,
  customerCard,
  customers,
} from '../modules/customers/contract.ts'
export { alertRow, desk, holdRow, taskRow, workCard } from '../modules/desk/contract/index.ts'
export { fieldwork, hazard, orderKindRow, orderRow, orderView } from '../modules/fieldwork/contract.ts'
export { causeRanking, investigations, investigationView } from '../modules/investigations/contract.ts'
export { ledger, ledgerRow, moneyCard } from '../modules/ledger/contract.ts'
export {
  type CsvField,
  type CsvMapping,
  csvFields,
  csvHead,
  guessFormat,
  judgeRun,
  mappingFaults,
  meterCard,
  metering,
  peerUsage,
  type ReadFileFormat,
  readFileFormats,
  readRow,
  suggestMapping,
  testFlowsOf,
  usagePeriod,
  weightedAccuracyOf,
} from '../modules/metering/contract/index.ts'
export { paymentRow, payments, paymentTiming } from '../modules/payments/contract.ts'
export { policy } from '../modules/policy/contract.ts'
export { premiseCard, premises } from '../modules/premises/contract.ts'
export { rates } from '../modules/rates/contract.ts'
export { account360, reports, timelineRow } from '../modules/reports/contract.ts'
export { me, personRow, staff } from '../modules/staff/contract.ts'
export {
  budgetGrant,
  ruleAnswer,
  varianceDraft,
  varianceRow,
  variances,
} from '../modules/variances/contract/index.ts'

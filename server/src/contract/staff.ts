/** What the workbench may ask: the modules' contracts, nothing else. */
export { policy } from '../modules/policy/contract.ts'

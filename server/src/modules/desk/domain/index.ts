export { errors } from './errors.ts'
export { decideReview, type ReviewCase, type ReviewRules } from './review.ts'
export {
  checkPeriod,
  decideDueOn,
  isJudged,
  type Kind,
  type Outcome,
  type Person,
  rankOf,
  type Task,
  type Worker,
  whyNotAnswer,
  whyNotFinish,
  whyNotTake,
  whyNotWork,
} from './tasks.ts'

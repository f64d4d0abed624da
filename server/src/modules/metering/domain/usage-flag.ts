/** What is to be known about the use of a period beside its amount. */
export type UsageFlag = 'rollover' | 'exchange' | 'estimated' | 'negative' | 'register-missing'

/**
 * Volumes are whole numbers of the meter's smallest unit; the billing unit is a view. One hundred cubic feet
 * (CCF, also HCF) is 748 gallons on a bill (policy VEE-001) and 748.052 exactly.
 */
export type BillUnit = 'ccf' | 'kgal' | 'kl'

/** Gallons in one billing unit as districts print it on bills. */
export const gallonsPerUnit: Readonly<Record<BillUnit, number>> = { ccf: 748, kgal: 1000, kl: 264.172 }

export const gallonsPerCubicFoot = 7.48

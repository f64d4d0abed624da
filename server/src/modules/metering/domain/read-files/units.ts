/** One name for a unit, however a vendor spells it. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  gal: ['GAL', 'GALLON', 'GALLONS', 'GALS', 'USGAL', 'USGALLONS', 'GL', 'G'],
  kgal: ['KGAL', 'KGALS', 'TGAL', 'MGAL1000', 'KILOGALLON', 'KILOGALLONS', 'THOUSANDGALLONS', '1000GALLONS'],
  cf: ['CF', 'CUBICFEET', 'CUBICFOOT', 'CUFT', 'FT3', 'CFT', 'CUFEET'],
  ccf: ['CCF', 'HCF', 'HUNDREDCUBICFEET', '100CF', '100CUBICFEET', '100CUFT'],
  l: ['L', 'LITER', 'LITERS', 'LITRE', 'LITRES', 'LTR'],
  m3: [
    'M3',
    'CM',
    'CUBICMETER',
    'CUBICMETERS',
    'CUBICMETRE',
    'CUBICMETRES',
    'CUM',
    'KL',
    'KILOLITER',
    'KILOLITERS',
  ],
  af: ['AF', 'ACREFOOT', 'ACREFEET', 'ACFT'],
}

const byspelling = new Map(Object.entries(spellings).flatMap(([unit, all]) => all.map(text => [text, unit])))

/** `Gallons` → `gal`, `CUBIC_FEET` → `cf`; null when nobody knows it. */
export function unitOf(text: string): string | null {
  return byspelling.get(text.toUpperCase().replace(/[^A-Z0-9]/g, '')) ?? null
}

/** Serials and radio ids are plain printable text; anything else is damage, not a meter. */
export function isIdentity(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 ._\-/:#+]{0,63}$/.test(text)
}

import { describe, expect, test } from 'vitest'
import { inspectText, recordsOf } from '../../../../../../tools/testing/meter-files.ts'
import { dstRuleOf, writeDstRule } from './green-button-types.ts'
import { inspectReadFile } from './inspect.ts'
import type { IntervalRead } from './kinds.ts'
import { type GreenButtonFeed, writeGreenButton } from './write-green-button.ts'

const start = 1_772_784_000
const reading = (no: number, value: string, more = '') =>
  `<IntervalReading>${more}<timePeriod><duration>3600</duration><start>${start + no * 3600}</start></timePeriod><value>${value}</value></IntervalReading>`
const type = (fields = '<powerOfTenMultiplier>-3</powerOfTenMultiplier><uom>128</uom>') =>
  `<entry><link rel="self" href="https://x.test/espi/1_1/resource/ReadingType/7"/><content><ReadingType><accumulationBehaviour>4</accumulationBehaviour>${fields}</ReadingType></content></entry>`
const point = 'RetailCustomer/1/UsagePoint/55'
const meter = `<entry><link rel="self" href="${point}/MeterReading/1"/><link rel="related" href="ReadingType/7"/><content><MeterReading/></content></entry>`
const block = (readings: string, no = 1) =>
  `<entry><link rel="self" href="/espi/1_1/resource/${point}/MeterReading/1/IntervalBlock/${no}"/><content><IntervalBlock>${readings}</IntervalBlock></content></entry>`
const feed = (...entries: string[]) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`
const two = block(reading(0, '1500') + reading(1, '500'))

async function intervals(text: string): Promise<IntervalRead[]> {
  const records = await recordsOf('greenbutton', text)
  return records.filter((record): record is IntervalRead => record.is === 'interval')
}

describe('however a feed is put together', () => {
  test.each([
    ['in the usual order', feed(meter, type(), two)],
    ['with its type at the end', feed(two, meter, type())],
    ['without links from the meter to the type', feed(type(), two)],
    [
      'with prefixes',
      feed(meter, type(), two).replace(
        /<(\/?)([A-Z]\w+|timePeriod|duration|start|value|uom|powerOfTenMultiplier|accumulationBehaviour)>/g,
        '<$1espi:$2>',
      ),
    ],
    [
      'with links behind the content',
      feed(meter, type(), two).replace(/((?:<link [^>]*>)+)(<content>.*?<\/content>)/g, '$2$1'),
    ],
    [
      'nested without Atom',
      `<UsagePoint><MeterReading><ReadingType><powerOfTenMultiplier>-3</powerOfTenMultiplier><uom>128</uom></ReadingType><IntervalBlock>${reading(0, '1500')}${reading(1, '500')}</IntervalBlock></MeterReading></UsagePoint>`,
    ],
  ])('it is read %s', async (_, text) => {
    const found = await inspectText('greenbutton', text)
    expect(found).toMatchObject({ rows: 2, intervals: 2, sum: 2, unit: 'gal' })
    expect(found.verdict).not.toBe('rejected')
  })

  test('two types and no link: nobody guesses', async () => {
    const other = type('<uom>119</uom>').replace('ReadingType/7', 'ReadingType/8')
    const found = await inspectText('greenbutton', feed(type(), other, two))
    expect(found).toMatchObject({ verdict: 'rejected', intervals: 0 })
    expect(found.errors[0]).toMatchObject({ field: 'ReadingType' })
  })

  test('a block that comes twice counts once', async () => {
    const found = await inspectText('greenbutton', feed(meter, type(), two, two))
    expect(found).toMatchObject({
      verdict: 'accepted',
      rows: 4,
      intervals: 2,
      sum: 2,
      skipped: { repeated: 2 },
    })
  })
})

describe('what a reading says', () => {
  const fields = (more: string) => `<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>42</uom>${more}`
  const with_ = (more: string) => feed(meter, type(fields(more)), block(reading(0, '7')))

  test('registers, reverse flow, cost and quality are kept apart', async () => {
    const register = with_('').replace('<accumulationBehaviour>4<', '<accumulationBehaviour>3<')
    expect(await intervals(register)).toMatchObject([
      { channel: 'register', seconds: 0, value: '7', unit: 'm3' },
    ])
    expect(await intervals(with_('<flowDirection>19</flowDirection>'))).toMatchObject([{ flow: 'reverse' }])
    const marked = reading(0, '7', '<cost>512345</cost><ReadingQuality><quality>8</quality></ReadingQuality>')
    expect(await intervals(feed(meter, type(), block(marked)))).toMatchObject([
      { cost: '5.12345', quality: 'estimated' },
    ])
  })

  test('a reading without a time of its own follows the one before it', async () => {
    const bare = '<IntervalReading><value>1</value></IntervalReading>'
    const own = `<interval><duration>7200</duration><start>${start}</start></interval>${bare}${bare}`
    const lengths = type('<intervalLength>3600</intervalLength><uom>128</uom>')
    expect((await intervals(feed(meter, lengths, block(own)))).map(one => one.startsAt)).toEqual([
      start,
      start + 3600,
    ])
  })

  test.each([
    ['uom', feed(meter, type('<uom>999</uom>'), two)],
    [
      'powerOfTenMultiplier',
      feed(meter, type('<uom>128</uom><powerOfTenMultiplier>x</powerOfTenMultiplier>'), two),
    ],
    ['value', feed(meter, type(), block(reading(0, '1') + reading(1, 'x')))],
    [
      'quality',
      feed(
        meter,
        type(),
        block(reading(0, '1') + reading(1, '2', '<ReadingQuality><quality>77</quality></ReadingQuality>')),
      ),
    ],
    [
      'start',
      feed(meter, type(), block(reading(0, '1') + reading(1, '2').replace(String(start + 3600), '-5'))),
    ],
    [
      'dstStartRule',
      feed('<LocalTimeParameters><dstStartRule>XYZ</dstStartRule></LocalTimeParameters>', meter, type(), two),
    ],
  ])('a wrong %s is named', async (field, text) => {
    const found = await inspectText('greenbutton', text)
    expect(found.verdict).not.toBe('accepted')
    expect(found.errors.map(error => error.field)).toContain(field)
  })

  test('a reading of no length and one without a value are no zeros', async () => {
    const none = reading(0, '1').replace('<duration>3600<', '<duration>0<')
    const text = feed(meter, type(), block(none + reading(1, '') + reading(2, '5')))
    expect(await inspectText('greenbutton', text)).toMatchObject({
      intervals: 1,
      skipped: { 'zero-length': 1, 'no-value': 1 },
    })
  })
})

describe('files that would hurt their reader', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}">]>`
  test.each([
    ['a bomb of entities', `${bomb}<feed>&b;</feed>`],
    [
      'an entity that fetches a file',
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed>&a;</feed>',
    ],
    ['an unknown entity', '<feed>&b;</feed>'],
    ['elements without end inside each other', '<a>'.repeat(5000)],
    ['an attribute without end', `<feed x="${'y'.repeat(3_000_000)}"/>`],
    ['a text without end', `<feed>${'y'.repeat(300_000)}</feed>`],
    ['a comment without end', `<!--${'y'.repeat(5_000_000)}`],
  ])('%s is refused', async (_, text) => {
    expect(await inspectText('greenbutton', text)).toMatchObject({
      verdict: 'rejected',
      errors: [{ field: 'xml' }],
    })
  })

  test('readings whose type never comes do not fill the memory', async () => {
    const endless = async function* () {
      yield new TextEncoder().encode('<feed><entry><content><IntervalBlock>')
      for (let no = 0; no < 2000; no++) yield new TextEncoder().encode(reading(no, '1').repeat(200))
    }
    const found = await inspectReadFile('greenbutton', endless())
    expect(found.errors[0]?.message).toContain('come before the type')
  })
})

describe('Green Button out', () => {
  const uses = Array.from({ length: 95 }, (_, no) => ({
    startsAt: start + no * 3600,
    seconds: 3600,
    value: no % 7 === 0 ? '0' : `${no % 5}.${1 + 10 * no}`,
    quality: no === 3 ? ('estimated' as const) : ('measured' as const),
  }))
  const own: GreenButtonFeed = {
    customer: '10100068',
    usagePoint: 'A 7/1',
    title: 'Water & more <b>',
    unit: 'gal',
    seconds: 3600,
    zone: 'America/Los_Angeles',
    madeAt: 1_775_000_000,
    uses,
  }

  test('what was written is read back hour by hour, exactly, with its marks', async () => {
    const back = await intervals([...writeGreenButton(own)].join(''))
    expect(
      back.map(({ startsAt, seconds, value, quality }) => ({ startsAt, seconds, value, quality })),
    ).toEqual(uses)
    expect(new Set(back.map(({ meter: name, unit }) => `${name} ${unit}`))).toEqual(new Set(['A 7/1 gal']))
  })

  test('one block a day of the wall, also on the day of 23 hours, with the rules of the zone', () => {
    const text = [...writeGreenButton(own)].join('')
    expect(text.match(/<espi:duration>82800</g)).toHaveLength(1)
    expect(text.match(/<espi:IntervalBlock>/g)).toHaveLength(4)
    expect(text).toContain('<espi:dstEndRule>B40E2000</espi:dstEndRule>')
    expect(text).toContain('<espi:dstStartRule>360E2000</espi:dstStartRule><espi:tzOffset>-28800<')
    expect(text).toContain('Water &amp; more &lt;b&gt;')
  })

  test('a value that does not fit, or a unit that Green Button lacks, is refused before a byte is written', () => {
    const first = (one: object) => () => writeGreenButton({ ...own, ...one }).next()
    expect(first({ uses: [{ ...uses[0], value: '999999999999999.5' }] })).toThrow(/more digits/)
    expect(first({ unit: 'ccf' })).toThrow(/no unit for ccf/)
  })

  test('the rules of summer time survive their packing', () => {
    for (const hex of ['360E2000', 'B40E2000', '3E0E1000', 'AE0E1000'])
      expect(writeDstRule(dstRuleOf(hex)!)).toBe(hex)
    expect(dstRuleOf('360E2000')).toMatchObject({ month: 3, operator: 3, dayOfWeek: 7, hour: 2 })
    expect(dstRuleOf('F00E2000')).toBeNull()
  })
})

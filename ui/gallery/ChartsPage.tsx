import { useState } from 'react'
import { LikelihoodBar, Meter, Section, Sparkline, UsageChart, WaterfallChart } from '../src/index.ts'
import { usageEvents, usagePoints, waterfall } from './samples.ts'

const litres = usagePoints.map(point => ({
  ...point,
  value: point.value === null ? null : Math.round(point.value * 3.785),
  lastYear: point.lastYear == null ? null : Math.round(point.lastYear * 3.785),
  budget: point.budget == null ? null : Math.round(point.budget * 3.785),
}))

/** Charts with much, little and nothing. */
export function ChartsPage() {
  const [unit, setUnit] = useState('gal')
  return (
    <main className="cs-column" style={{ maxWidth: 900 }}>
      <h1 className="cs-title">Charts</h1>
      <UsageChart
        title="Is more water used than last year?"
        unit={unit === 'gal' ? 'gal a day' : 'l a day'}
        units={[
          { id: 'gal', label: 'gal' },
          { id: 'l', label: 'litres' },
        ]}
        unitId={unit}
        onUnitChange={setUnit}
        points={unit === 'gal' ? usagePoints : litres}
        events={usageEvents}
        onOpen={() => {}}
      />
      <UsageChart
        title="A new account: three months"
        unit="gal a day"
        points={usagePoints
          .slice(-3)
          .map((point, index) => ({ ...point, value: index === 1 ? null : point.value }))}
      />
      <UsageChart title="No reads yet" unit="gal a day" points={[]} />
      <WaterfallChart title="Why is it $212.40?" note="$64.30 more than last bill" {...waterfall} />
      <WaterfallChart
        title="Why is it ($24.00)?"
        start={{ id: 's', label: 'Last bill', cents: 9000n, explanation: 'Bill 1.' }}
        steps={[
          { id: 'a', label: 'less use', cents: -4400n, explanation: 'Use fell by half.' },
          { id: 'b', label: 'leak adjustment by policy', cents: -7000n, explanation: 'Policy L-4.' },
        ]}
        end={{ id: 'e', label: 'This bill', cents: -2400n, explanation: 'A credit.' }}
      />
      <Section title="Small ones">
        <div className="cs-inline">
          <Sparkline
            label="Use of 12 months, rising at the end"
            values={[3, 4, 4, 5, 6, 5, null, 4, 4, 6, 9, 10]}
          />
          <LikelihoodBar share={0.8} />
          <LikelihoodBar share={0} />
          <Meter label="Drawer limit" value={1204} max={1500} text="$1,204 of $1,500" tone="amber" />
        </div>
      </Section>
    </main>
  )
}

import { FactList } from '@curbstop/ui'

type Figure = { name: string; value: string; unit: string | null }

type OpenedProps = {
  sentence?: string
  arithmetic: string
  figures: readonly Figure[]
  citation: string | null
}

/** A number opened: the sentence, the arithmetic, the figures that went in, and where the rule stands. */
export function Opened({ sentence, arithmetic, figures, citation }: OpenedProps) {
  return (
    <div className="wb-opened">
      {sentence && <p>{sentence}</p>}
      {arithmetic && <p className="wb-arithmetic">{arithmetic}</p>}
      {figures.length > 0 && <Figures figures={figures} />}
      {citation && <p className="cs-quiet cs-small">{citation}</p>}
    </div>
  )
}

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <div className="wb-figures">
      <FactList
        facts={figures.map((figure, index) => ({
          id: `${index}-${figure.name}`,
          label: figure.name,
          value: figure.unit ? `${figure.value} ${figure.unit}` : figure.value,
        }))}
      />
    </div>
  )
}

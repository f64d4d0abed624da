import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd.tsx'

export type TooltipProps = { text: string; keys?: string; children: ReactElement; delay?: number }

/** A sentence beside a control on hover and on focus; it only repeats what ears are told already. */
export function Tooltip({ text, keys, children, delay = 400 }: TooltipProps) {
  return (
    <TooltipTrigger delay={delay} closeDelay={0}>
      {/* biome-ignore lint/suspicious/noExplicitAny: Focusable wants the DOM element's own props */}
      <Focusable>{children as ReactElement<any, string>}</Focusable>
      <AriaTooltip className="cs-tooltip" offset={5}>
        {text}
        {keys && <Kbd keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}

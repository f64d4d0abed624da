import { type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useState } from 'react'
import { classes } from './classes.ts'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import { ListOption } from './ListOption.tsx'
import { useStrings } from './UiProvider.tsx'
import { useActiveOption } from './useActiveOption.ts'

export type SearchBoxProps<Result> = {
  label: string
  value: string
  onChange: (text: string) => void
  /** Null: nothing asked yet. While an answer is on its way keep the last one and set `loading`. */
  results: readonly Result[] | null
  resultKey: (result: Result) => string
  renderResult: (result: Result) => ReactNode
  /** A heading stands over the first result of each group. */
  group?: (result: Result) => string
  onOpen: (result: Result, how: { newTab: boolean }) => void
  empty?: ReactNode
  loading?: boolean
  kbd?: string
  /** Results stay in the page below the box instead of floating over it. */
  inline?: boolean
  placeholder?: string
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

/** Search as you type: arrows walk the results, Enter opens, Shift+Enter opens beside, Esc closes and then empties. */
export function SearchBox<Result>(props: SearchBoxProps<Result>) {
  const { results, inline } = props
  const strings = useStrings()
  const [focused, setFocused] = useState(false)
  const [closed, setClosed] = useState(false)
  const isOpen = results !== null && (inline || (focused && !closed))
  const open = (result: Result, event: KeyboardEvent | MouseEvent) => {
    setClosed(true)
    props.onOpen(result, { newTab: event.shiftKey || event.ctrlKey || event.metaKey })
  }
  const list = useActiveOption({ options: isOpen ? results : [], onChoose: open })
  const change = (text: string) => {
    setClosed(false)
    list.setActive(0)
    props.onChange(text)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (list.onKeyDown(event) || event.key !== 'Escape') return
    if (isOpen && !inline) setClosed(true)
    else if (props.value) change('')
    else event.currentTarget.blur()
    event.preventDefault()
  }
  return (
    <search className="cs-results">
      <div className="cs-input-box">
        <span className="cs-affix">
          {props.kbd ? <Kbd keys={props.kbd} /> : <Icon name="search" size={14} />}
        </span>
        <input
          {...list.input}
          role="combobox"
          ref={props.ref}
          className="cs-input"
          type="search"
          aria-label={props.label}
          aria-expanded={isOpen}
          aria-keyshortcuts={props.kbd}
          placeholder={props.placeholder ?? props.label}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: a caller asks for it only where searching is the page's purpose
          autoFocus={props.autoFocus}
          value={props.value}
          onChange={event => change(event.target.value)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onClick={() => setClosed(false)}
        />
      </div>
      <span className="cs-sr" role="status">
        {isOpen && (props.loading ? strings.searching : strings.results(results.length))}
      </span>
      <ResultList {...props} list={list} isOpen={isOpen} onChoose={open} />
    </search>
  )
}

type ResultListProps<Result> = SearchBoxProps<Result> & {
  list: ReturnType<typeof useActiveOption<Result>>
  isOpen: boolean
  onChoose: (result: Result, event: MouseEvent) => void
}

function ResultList<Result>({ list, isOpen, onChoose, ...props }: ResultListProps<Result>) {
  const strings = useStrings()
  const results = isOpen ? (props.results ?? []) : []
  const groupAt = (index: number) => {
    const group = results[index] && props.group?.(results[index])
    const before = results[index - 1] && props.group?.(results[index - 1]!)
    return group !== before ? group : undefined
  }
  return (
    <div className={classes(!props.inline && 'cs-results-popover cs-popover')} hidden={!isOpen}>
      <div
        id={list.listId}
        role="listbox"
        aria-label={props.label}
        className="cs-list"
        hidden={results.length === 0}
      >
        {results.map((result, index) => {
          const heading = groupAt(index)
          return (
            <div key={props.resultKey(result)} role="presentation">
              {heading && (
                <div className="cs-option-group" role="presentation">
                  {heading}
                </div>
              )}
              <ListOption state={list.option(index)} onChoose={event => onChoose(result, event)}>
                {props.renderResult(result)}
              </ListOption>
            </div>
          )
        })}
      </div>
      {results.length === 0 && <div className="cs-list-note">{props.empty ?? strings.noMatch}</div>}
    </div>
  )
}

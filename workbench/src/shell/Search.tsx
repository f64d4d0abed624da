import type { Output } from '@curbstop/kernel/endpoint'
import { accounts } from '@curbstop/server/contract/staff'
import { Icon, Kbd, useActiveOption } from '@curbstop/ui'
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useAsk } from './ask.ts'
import { useDeeds } from './keys.ts'
import { useWords } from './words.ts'

type Hit = Output<typeof accounts.searchAccounts>['hits'][number]

/** `/` anywhere: search as you type, arrows choose, Enter opens. Focus never leaves the field. */
export function Search({ onOpen }: { onOpen: (accountId: Hit['accountId']) => void }) {
  const t = useWords('shell')
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const q = useDeferredValue(text.trim())
  const found = useAsk(
    accounts.searchAccounts,
    { q },
    { enabled: q.length > 0, keepPrevious: true, staleTime: 5_000 },
  )
  const hits = q.length > 0 ? (found.data?.hits ?? []) : []
  const focus = () => {
    input.current?.focus()
    input.current?.select()
  }
  useDeeds([{ id: 'search', title: t('deeds.search'), keys: '/', section: t('section.go'), run: focus }])
  const choose = (hit: Hit) => {
    setText('')
    setOpen(false)
    input.current?.blur()
    onOpen(hit.accountId)
  }
  const shown = open && q.length > 0
  const list = useActiveOption({ options: shown ? hits : [], onChoose: choose })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question starts at its first answer
  useEffect(() => list.setActive(0), [q])
  const onKeyDown = (event: KeyboardEvent) => {
    if (list.onKeyDown(event) || event.key !== 'Escape') return
    setOpen(false)
    input.current?.blur()
    event.preventDefault()
  }
  return (
    <search className="wb-search">
      <Kbd keys="/" />
      <input
        ref={input}
        className="wb-search-input"
        type="text"
        {...list.input}
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('search.placeholder')}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div className="wb-search-panel">
          <div id={list.listId} role="listbox" aria-label={t('search.label')}>
            {hits.map((hit, at) => (
              <HitRow
                key={String(hit.accountId)}
                state={list.option(at)}
                hit={hit}
                onPress={() => choose(hit)}
              />
            ))}
          </div>
          <SearchFoot
            error={found.error?.message}
            waiting={found.isFetching && hits.length === 0}
            count={hits.length}
            more={found.data?.more ?? false}
            q={q}
          />
        </div>
      )}
    </search>
  )
}

function SearchFoot(props: {
  error?: string | undefined
  waiting: boolean
  count: number
  more: boolean
  q: string
}) {
  const t = useWords('shell')
  const says = props.error
    ? props.error
    : props.waiting
      ? t('search.waiting')
      : props.count === 0
        ? t('search.none', { q: props.q })
        : props.more
          ? t('search.more')
          : t('search.found', { count: props.count })
  return (
    <p className="wb-search-foot" role="status">
      {says}
    </p>
  )
}

type HitProps = {
  state: ReturnType<ReturnType<typeof useActiveOption>['option']>
  hit: Hit
  onPress: () => void
}

function HitRow({ state, hit, onPress }: HitProps) {
  const t = useWords('shell')
  const best = hit.matched.find(m => m.field !== 'name' && m.field !== 'address')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the keyboard
    <div
      {...state}
      role="option"
      tabIndex={-1}
      className="wb-hit"
      data-active={state['aria-selected'] || undefined}
      onPointerDown={event => event.preventDefault()}
      onClick={onPress}
    >
      <span className="wb-hit-name">
        {hit.isMasked && <Icon name="lock" size={12} />} {hit.name}
      </span>
      <span className="wb-hit-address">{hit.address}</span>
      <span className="wb-hit-number">{hit.number}</span>
      <span className="wb-hit-why">
        {hit.isClosed ? `${t('search.closed')} ` : ''}
        {best
          ? `${t(`search.how.${best.field}`)} ${best.text}`
          : hit.how === 'spelling'
            ? t('search.spelling')
            : ''}
      </span>
    </div>
  )
}

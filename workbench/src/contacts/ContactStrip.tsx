import type { Instant } from '@curbstop/kernel/dates'
import { useEffect, useState } from 'react'
import { useInHand } from './in-hand.ts'

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** How long the contact lasts: `02:14`. Not read out every second. */
export function ContactClock({ since }: { since: Instant }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className="cs-num cs-quiet" role="timer" aria-live="off">
      {clock(now - Date.parse(since))}
    </span>
  )
}

/** What the folded right panel keeps showing: the time of the call, or nothing. */
export function ContactStrip() {
  const { contact } = useInHand()
  return contact ? (
    <span className="wb-strip-clock">
      <ContactClock since={contact.startedAt} />
    </span>
  ) : null
}

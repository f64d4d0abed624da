const paths = {
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 10l3.5 3.5',
  home: 'M2.5 7.5 8 2.5l5.5 5V13.5h-11z',
  card: 'M2 4h12v9H2zM2 7h12',
  plus: 'M8 3v10M3 8h10',
  chart: 'M2 12l4-5 3 2.5L14 4',
  list: 'M3 4h10M3 8h10M3 12h10',
  drop: 'M8 2c2.6 3.2 4 5.4 4 7.4A4 4 0 0 1 8 13.6a4 4 0 0 1-4-4.2C4 7.4 5.4 5.2 8 2z',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.5',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  left: 'M10 4L6 8l4 4',
  right: 'M6 4l4 4-4 4',
  calendar: 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3',
  warning: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.5v.8',
  stop: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v4M8 10.5v.8',
  note: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.2v4M8 4.8v.8',
  person: 'M8 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.5 14c.5-3 2.5-4 5.5-4s5 1 5.5 4',
  people:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M1.5 13.5c.3-2.6 2-3.7 4.5-3.7s4.2 1.1 4.5 3.7M10.5 8a2.3 2.3 0 0 0 0-4.6M12 10c1.6.5 2.4 1.6 2.5 3.5',
  phone:
    'M4 2l2.5 1 .5 3-1.5 1a8 8 0 0 0 3.5 3.5l1-1.5 3 .5 1 2.5c-.5 1.5-1.5 2-2.5 2C6.5 14 2 9.5 2 4.5 2 3.5 2.5 2.5 4 2z',
  truck:
    'M1.5 4h8v7h-8zM9.5 6.5h3l2 2.5v2h-5M4.5 13a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6M11.5 13a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6',
  task: 'M3 3h10v10H3zM5.5 8l2 2L11 6.5',
  print: 'M4.5 6V2.5h7V6M4.5 11h-2V6h11v5h-2M4.5 9.5h7v4h-7z',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.8V8l2.5 1.5',
  meter: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 8l2.8-2.5M4.5 11.5h7',
  gear: 'M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4',
  book: 'M3 2.5h8.5a1.5 1.5 0 0 1 1.5 1.5v9.5H4.5A1.5 1.5 0 0 1 3 12zM3 12a1.5 1.5 0 0 1 1.5-1.5H13',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
} as const

export type IconName = keyof typeof paths

/** A 16 px line drawing; it decorates a word or a labelled button and is silent itself. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="cs-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

import { keysOf } from './keymap.ts'

/** Keys as they stand on the keyboard: `g b` is two caps, `Ctrl+K` one. */
export function Kbd({ keys }: { keys: string }) {
  return keysOf(keys).map((key, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a chord may hold the same key twice and never reorders
    <kbd key={index} className="cs-kbd">
      {key}
    </kbd>
  ))
}

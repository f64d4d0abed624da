/** A choice of view that outlives walking to another page, in this tab only. Never anything of a customer. */
import { useState } from 'react'

export function useKept<Value extends string>(
  name: string,
  initial: Value,
): readonly [Value, (value: Value) => void] {
  const key = `curbstop.${name}`
  const [value, setValue] = useState(() => (sessionStorage.getItem(key) as Value | null) ?? initial)
  const keep = (next: Value) => {
    sessionStorage.setItem(key, next)
    setValue(next)
  }
  return [value, keep]
}

/** One key or chord the workbench knows (`g b`, `Ctrl+K`): what the palette, the key sheet and hints print. */
export type KeyBinding = {
  id: string
  /** Keys pressed one after another, parted by spaces; keys held together joined by `+`. */
  keys: string
  does: string
  section: string
}

/** `g b` → ['g', 'b']; `Ctrl+K` stays one. */
export const keysOf = (keys: string): string[] => keys.split(' ').filter(Boolean)

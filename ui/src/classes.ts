/** Class names joined; what is false or missing is left out. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** Amber and red: a person is needed. Green: money received, a step passed. */
export type Tone = 'quiet' | 'action' | 'amber' | 'red' | 'green'

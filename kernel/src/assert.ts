/**
 * Programmer errors. An assertion that fails is a fault of ours (HTTP 500, logged with a trace id), never a
 * sentence for a customer; for a refusal throw a {@link DomainError}. Assertions stay on in production.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

/** For the branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${String(value)}`)
}

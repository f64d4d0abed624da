/**
 * `curbstop rates check FILE…` and `curbstop rates evaluate`: the tariff engine for whoever wants to check a tariff,
 * without a database.
 */
import { readFileSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { DomainError } from '@curbstop/kernel/errors'
import {
  cliErrorCode,
  compileClass,
  type Evaluation,
  evaluate,
  type Finding,
  type Inputs,
  isRatesError,
  malformed,
  maxFileBytes,
  parseTariff,
  type RateClass,
  type Tariff,
  toNumber,
  validateTariff,
} from '../modules/rates/domain/index.ts'

export type CommandIo = { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: Writable }

const usage = `Usage:
  curbstop rates check [--json] [--strict] FILE…   look tariffs over; exit 1 when one is refused
      --json     one JSON line per finding, and one per file at its end
      --strict   refuse a file for a single class that cannot be billed (otherwise: when none can)
  curbstop rates evaluate   answer JSON lines {"file","class","inputs"} from standard input
`

/** Runs the command and answers the exit code: 0 done, 1 a file was refused, 2 wrong usage. */
export async function ratesCommand(args: string[], io: CommandIo): Promise<number> {
  const [verb, ...rest] = args
  if (verb === 'check') return check(rest, io)
  if (verb === 'evaluate' && rest.length === 0) return answerLines(io)
  io.stderr.write(usage)
  return verb === '--help' || verb === 'help' ? 0 : 2
}

/** Throws `rates.malformed-file`, also when there is no such file. */
function readTariff(file: string): Tariff {
  let text: string
  try {
    const stat = statSync(file)
    if (!stat.isFile()) throw malformed(file, 'it is no regular file')
    if (stat.size > maxFileBytes) {
      throw malformed(file, `it is larger than ${maxFileBytes / 1000} kB`)
    }
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof DomainError) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw malformed(file, code === 'ENOENT' ? 'there is no such file' : `the file cannot be opened (${code})`)
  }
  return parseTariff(text, file)
}

type Checked = { readonly file: string; readonly classes: number; readonly findings: readonly Finding[] }

function checkFile(file: string): Checked & { readonly refused: boolean; readonly broken: number } {
  try {
    const tariff = readTariff(file)
    const findings = validateTariff(tariff)
    const broken = new Set(findings.flatMap(f => (f.severity === 'error' && f.class ? [f.class] : []))).size
    const classes = tariff.classes.size
    return { file, classes, findings, broken, refused: broken === classes }
  } catch (error) {
    const message = isRatesError(error) ? error.message : tooDeep(error, file)
    const finding: Finding = { severity: 'error', code: 'malformed-file', message }
    return { file, classes: 0, findings: [finding], broken: 0, refused: true }
  }
}

/** A chain of parts longer than the machine's stack is a wrong file, not a fault of ours. */
function tooDeep(error: unknown, file: string): string {
  if (error instanceof RangeError) return `${file}: its parts refer to each other too deeply`
  throw error
}

function check(args: readonly string[], io: CommandIo): number {
  const json = args.includes('--json')
  const strict = args.includes('--strict')
  const files = args.filter(arg => arg !== '--json' && arg !== '--strict')
  if (files.length === 0 || files.some(file => file.startsWith('--'))) {
    io.stderr.write(usage)
    return 2
  }
  let refused = 0
  for (const file of files) {
    const checked = checkFile(file)
    const no = checked.refused || (strict && checked.broken > 0)
    if (no) refused += 1
    io.stdout.write(json ? jsonReport(checked, no) : textReport(checked, no))
  }
  return refused > 0 ? 1 : 0
}

const count = (checked: Checked, severity: Finding['severity']): number =>
  checked.findings.filter(finding => finding.severity === severity).length

function jsonReport(checked: Checked, refused: boolean): string {
  const { file, classes, findings } = checked
  const lines = findings.map(({ severity, class: name, part, code, message }) => ({
    file,
    class: name ?? null,
    part: part ?? null,
    severity,
    code,
    reason: message,
  }))
  const counts = {
    errors: count(checked, 'error'),
    warnings: count(checked, 'warning'),
    notes: count(checked, 'note'),
  }
  return [...lines, { file, refused, classes, ...counts }].map(line => `${JSON.stringify(line)}\n`).join('')
}

function textReport(checked: Checked, refused: boolean): string {
  const { file, classes, findings } = checked
  const lines = findings.map(({ severity, class: name, part, message }) => {
    const place = [name, part].filter(Boolean).join(', ')
    return `  ${severity}: ${place ? `${place}: ` : ''}${message}`
  })
  const verdict = refused ? 'REFUSED' : 'ok'
  return `${[`${file}: ${verdict}, ${classes} classes`, ...lines].join('\n')}\n`
}

type Cache = { readonly tariffs: Map<string, Tariff | DomainError>; readonly classes: Map<string, RateClass> }

/** One answer a line, in order; nothing that stands in a line can end the run. */
async function answerLines(io: CommandIo): Promise<number> {
  const cache: Cache = { tariffs: new Map(), classes: new Map() }
  let waiting = ''
  const send = async (): Promise<void> => {
    const text = waiting
    waiting = ''
    if (text !== '' && !io.stdout.write(text)) await new Promise(resolve => io.stdout.once('drain', resolve))
  }
  for await (const line of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    waiting += `${answer(line, cache)}\n`
    // Somebody at a keyboard, or a program asking one question at a time, must not wait for a full buffer.
    if (waiting.length > 65_536 || io.stdin.readableLength === 0) await send()
  }
  await send()
  return 0
}

function answer(line: string, cache: Cache): string {
  try {
    const { file, className, inputs } = readQuestion(line)
    const evaluation = evaluate(classFor(cache, file, className), inputs)
    if (!Number.isFinite(toNumber(evaluation.total))) {
      throw new QuestionError('bad_formula', 'bill', 'The total is larger than a JSON number can hold.')
    }
    return JSON.stringify(shown(evaluation))
  } catch (error) {
    const known = isRatesError(error)
    if (error instanceof RangeError) {
      return JSON.stringify({
        error: { code: 'bad_formula', field: 'bill', message: tooDeep(error, 'the tariff') },
      })
    }
    if (!known && !(error instanceof QuestionError)) throw error
    const code = known ? cliErrorCode(error) : error.code
    return JSON.stringify({ error: { code, field: error.field ?? null, message: error.message } })
  }
}

/** A line that is no question: JSON of the wrong shape. */
class QuestionError extends Error {
  readonly code: 'malformed_file' | 'unknown_class' | 'missing_input' | 'bad_formula'
  readonly field: string

  constructor(code: QuestionError['code'], field: string, message: string) {
    super(message)
    this.code = code
    this.field = field
  }
}

function readQuestion(line: string): { file: string; className: string; inputs: Inputs } {
  let question: unknown
  try {
    question = JSON.parse(line)
  } catch {
    throw new QuestionError('missing_input', 'line', 'The line is not JSON.')
  }
  if (typeof question !== 'object' || question === null || Array.isArray(question)) {
    throw new QuestionError('missing_input', 'line', 'A question is an object with file, class and inputs.')
  }
  const { file, class: className, inputs = {} } = question as Record<string, unknown>
  if (typeof file !== 'string' || file === '') {
    throw new QuestionError('malformed_file', 'file', '"file" is the path of a tariff.')
  }
  if (typeof className !== 'string') {
    throw new QuestionError('unknown_class', 'class', '"class" is the name of a customer class.')
  }
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) {
    throw new QuestionError('missing_input', 'inputs', '"inputs" is an object from names to values.')
  }
  return { file, className, inputs: inputs as Inputs }
}

function classFor(cache: Cache, file: string, className: string): RateClass {
  const key = `${className}\n${file}`
  const known = cache.classes.get(key)
  if (known) return known
  const made = compileClass(tariffFor(cache, file), className)
  cache.classes.set(key, made)
  return made
}

function tariffFor(cache: Cache, file: string): Tariff {
  let tariff = cache.tariffs.get(file)
  if (!tariff) {
    try {
      tariff = readTariff(file)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      tariff = error
    }
    cache.tariffs.set(file, tariff)
  }
  if (tariff instanceof DomainError) throw tariff
  return tariff
}

/** Unrounded, as JSON numbers. */
function shown(evaluation: Evaluation): unknown {
  const components: Record<string, number> = Object.create(null)
  for (const name of Object.keys(evaluation.components)) {
    components[name] = toNumber(evaluation.components[name]!)
  }
  const tiers: Record<string, unknown> = Object.create(null)
  for (const part of Object.keys(evaluation.tiers)) {
    tiers[part] = evaluation.tiers[part]!.map(line => ({
      from: toNumber(line.from),
      to: line.to === null ? null : toNumber(line.to),
      quantity: toNumber(line.quantity),
      price: toNumber(line.price),
      charge: toNumber(line.charge),
    }))
  }
  return { total: toNumber(evaluation.total), components, tiers }
}

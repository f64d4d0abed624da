/** XML as a stream of elements by local name, with every way shut by which a document could hurt its reader. */
import { SaxesParser } from 'saxes'
import { damage } from './damage.ts'
import type { Bytes } from './kinds.ts'
import { textOf } from './text.ts'

export type XmlHandler = {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void
  /** `text` is what stood directly in the element, trimmed. */
  close(name: string, text: string, line: number): void
}

const deepest = 60
const longestText = 100_000
/** Characters without any tag: a comment or a text without end. */
const longestSilence = 2_000_000
const pieceLength = 16_384

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Calls the handler for every element; yields after every piece, so that the caller can hand on what came of it. */
export async function* readXml(bytes: Bytes, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const texts: string[] = []
  let silence = 0
  parser.on('error', error => {
    const why = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
    throw damage(
      parser.line,
      'xml',
      `Line ${parser.line} is not sound XML (${why}): the file is cut or damaged.`,
    )
  })
  parser.on('doctype', () => {
    throw damage(
      parser.line,
      'xml',
      'The file declares a DOCTYPE of its own. Such files are refused: it can hide entities.',
    )
  })
  parser.on('opentag', tag => {
    silence = 0
    if (texts.length >= deepest)
      throw damage(parser.line, 'xml', `More than ${deepest} elements inside each other.`)
    texts.push('')
    handler.open(localName(tag.name), tag.attributes as Record<string, string>, parser.line)
  })
  const addText = (text: string) => {
    const at = texts.length - 1
    if (at < 0) return
    texts[at] += text
    if (texts[at]!.length > longestText) {
      throw damage(
        parser.line,
        'xml',
        `A text of more than ${longestText} characters: this is no Green Button file.`,
      )
    }
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', tag => {
    silence = 0
    handler.close(localName(tag.name), texts.pop()!.trim(), parser.line)
  })
  for await (const text of textOf(bytes)) {
    for (let at = 0; at < text.length; at += pieceLength) {
      const piece = text.slice(at, at + pieceLength)
      silence += piece.length
      if (silence > longestSilence) {
        throw damage(parser.line, 'xml', `More than ${longestSilence} characters without a tag.`)
      }
      parser.write(piece)
      yield
    }
  }
  parser.close()
}

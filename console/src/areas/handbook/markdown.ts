/** The part of Markdown that the handbook is written in, as a tree: no HTML is ever made of text. */
export type Inline = { kind: 'text' | 'strong' | 'code'; text: string } | { kind: 'link'; text: string; href: string }
export type Block =
  | { kind: 'heading'; level: number; text: Inline[]; id: string }
  | { kind: 'paragraph' | 'quote'; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: { level: number; text: Inline[] }[] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'code'; text: string }
  | { kind: 'picture'; text: string; file: string }

const INLINE = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\)|<https?:[^>\s]+>)/

export function inline(text: string): Inline[] {
  return text.split(INLINE).filter(Boolean).map((part): Inline => {
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part)
    if (link) return { kind: 'link', text: link[1] ?? '', href: link[2] ?? '' }
    if (/^<https?:/.test(part)) return { kind: 'link', text: part.slice(1, -1), href: part.slice(1, -1) }
    if (part.startsWith('**') && part.endsWith('**') && part.length > 4) return { kind: 'strong', text: part.slice(2, -2) }
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2) return { kind: 'code', text: part.slice(1, -1) }
    return { kind: 'text', text: part }
  })
}

export const plain = (parts: readonly Inline[]): string => parts.map((one) => one.text).join('')
/** The anchor of a heading, as everybody else makes it of Markdown: links hold here and where the project is read. */
export const anchor = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-')

/** All words of a block, for whoever looks for one. */
export function words(block: Block): string {
  if (block.kind === 'list') return block.items.map((one) => plain(one.text)).join(' ')
  if (block.kind === 'table') return [block.head, ...block.rows].flat().map(plain).join(' ')
  return block.kind === 'code' || block.kind === 'picture' ? block.text : plain(block.text)
}

export interface Found { id: string; heading: string; text: string }
const AROUND = 28
/** Where a page has all the words looked for: the heading above, and the words with what stands around them. */
export function findIn(blocks: readonly Block[], wanted: string): Found[] {
  const asked = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const found: Found[] = []
  let above = { id: '', heading: '' }
  for (const block of blocks) {
    if (block.kind === 'heading') above = { id: block.level === 1 ? '' : block.id, heading: plain(block.text) }
    const text = words(block)
    const at = asked.length && asked.every((one) => text.toLowerCase().includes(one)) ? text.toLowerCase().indexOf(asked[0] ?? '') : -1
    if (at < 0 || found.some((one) => one.id === above.id)) continue
    found.push({ ...above, text: `${at > AROUND ? '…' : ''}${text.slice(Math.max(0, at - AROUND), at + 2 * AROUND)}` })
  }
  return found
}

const cells = (line: string): Inline[][] => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => inline(cell.trim()))
const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)\s*$/
const LIST = /^(\s*)([-*]|\d+\.)\s+(.*)$/

export function parse(source: string): Block[] {
  const lines = source.replace(/\r/g, '').split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const heading = /^(#{1,4})\s+(.*)$/.exec(line)
    const picture = PICTURE.exec(line)
    if (!line.trim()) at += 1
    else if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'))
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end < 0 ? undefined : end).join('\n') })
      at = end < 0 ? lines.length : end + 1
    } else if (/^ {4}\S/.test(line)) at = indented(lines, at, blocks)
    else if (heading) {
      const text = inline(heading[2] ?? '')
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text, id: anchor(plain(text)) })
      at += 1
    } else if (picture) {
      blocks.push({ kind: 'picture', text: picture[1] ?? '', file: picture[2] ?? '' })
      at += 1
    } else if (line.startsWith('|') && /^\|[\s:|-]+\|?\s*$/.test(lines[at + 1] ?? '')) {
      let end = at + 2
      while (lines[end]?.startsWith('|')) end += 1
      blocks.push({ kind: 'table', head: cells(line), rows: lines.slice(at + 2, end).map(cells) })
      at = end
    } else if (LIST.test(line)) at = list(lines, at, blocks)
    else at = paragraph(lines, at, blocks)
  }
  return blocks
}

function indented(lines: string[], from: number, blocks: Block[]): number {
  let end = from
  while (/^ {4}/.test(lines[end] ?? '') || (lines[end] === '' && /^ {4}/.test(lines[end + 1] ?? ''))) end += 1
  blocks.push({ kind: 'code', text: lines.slice(from, end).map((line) => line.slice(4)).join('\n') })
  return end
}

function list(lines: string[], from: number, blocks: Block[]): number {
  const items: { level: number; text: string }[] = []
  let end = from
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? ''
    const found = LIST.exec(line)
    const last = items[items.length - 1]
    if (found) items.push({ level: (found[1]?.length ?? 0) > 1 ? 1 : 0, text: found[3] ?? '' })
    else if (/^\s+\S/.test(line) && last) last.text += line.trim()
    else break
  }
  blocks.push({ kind: 'list', ordered: /^\s*\d/.test(lines[from] ?? ''), items: items.map((one) => ({ level: one.level, text: inline(one.text) })) })
  return end
}

function paragraph(lines: string[], from: number, blocks: Block[]): number {
  let end = from
  while (end < lines.length && (lines[end] ?? '').trim() && !/^(#{1,4}\s|```|\||!\[)/.test(lines[end] ?? '') && !(end > from && LIST.test(lines[end] ?? ''))) end += 1
  end = Math.max(end, from + 1)
  const text = lines.slice(from, end).map((line) => line.replace(/^>\s?/, '').trim()).join('')
  blocks.push({ kind: lines[from]?.startsWith('>') ? 'quote' : 'paragraph', text: inline(text) })
  return end
}

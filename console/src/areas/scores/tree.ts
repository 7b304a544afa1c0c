import { type CategoryScore, type Fact, type ItemScore, type LineScore, type Tree, categoryLoss, lossOf, ownWeight } from '@/shared/logic/scores'

/** The explanation as the rows of one table: what is open shows what is below it. */
export type Node =
  | { kind: 'line'; key: string; level: number; line: LineScore }
  | { kind: 'category'; key: string; level: number; category: CategoryScore; line: LineScore; loss: string }
  | { kind: 'item'; key: string; level: number; item: ItemScore; category: CategoryScore; loss: string }
  | { kind: 'fact'; key: string; level: number; fact: Fact; item: ItemScore }
  | { kind: 'full'; key: string; level: number; items: ItemScore[]; category: CategoryScore; loss: string }

export const lineKey = (line: LineScore): string => `line ${line.line ?? ''}`
export const categoryKey = (line: LineScore, category: CategoryScore): string => `${lineKey(line)} ${category.category}`
export const itemKey = (line: LineScore, category: CategoryScore, item: ItemScore): string => `${categoryKey(line, category)} ${item.indicator}`

/** Items with all their points lie folded in one row, until that is opened: what was lost is what people look for. */
export function nodes(tree: Tree, open: ReadonlySet<string>): Node[] {
  const own = ownWeight(tree)
  const several = tree.lines.length > 1
  const found: Node[] = []
  for (const line of tree.lines) {
    if (several) found.push({ kind: 'line', key: lineKey(line), level: 1, line })
    if (several && !open.has(lineKey(line))) continue
    const level = several ? 2 : 1
    for (const category of line.categories) {
      const key = categoryKey(line, category)
      found.push({ kind: 'category', key, level, category, line, loss: categoryLoss(category, line, own) })
      if (open.has(key)) addItems(found, line, category, own, level + 1, open)
    }
  }
  return found
}

function addItems(found: Node[], line: LineScore, category: CategoryScore, own: string, level: number, open: ReadonlySet<string>): void {
  const rest: ItemScore[] = []
  for (const item of category.items) {
    const key = itemKey(line, category, item)
    const whole = item.points !== null && Number(item.points) === Number(item.full_points)
    if (whole && !open.has(key) && !open.has(`${categoryKey(line, category)} full`)) {
      rest.push(item)
      continue
    }
    found.push({ kind: 'item', key, level, item, category, loss: lossOf(item, category, line, own) })
    if (open.has(key)) for (const fact of item.facts ?? []) found.push({ kind: 'fact', key: `${key} ${fact.kind} ${fact.fact}`, level: level + 1, fact, item })
  }
  if (rest.length) found.push({ kind: 'full', key: `${categoryKey(line, category)} full`, level, items: rest, category, loss: '0.00' })
}

/** What has to be open so that an indicator is seen. */
export function pathTo(tree: Tree, indicator: string): string[] {
  for (const line of tree.lines) {
    for (const category of line.categories) {
      const item = category.items.find((one) => one.indicator === indicator)
      if (item) return [lineKey(line), categoryKey(line, category), itemKey(line, category, item)]
    }
  }
  return []
}

/** Everything open, for paper. */
export function allKeys(tree: Tree): string[] {
  return tree.lines.flatMap((line) => [lineKey(line), ...line.categories.flatMap((category) => [
    categoryKey(line, category), `${categoryKey(line, category)} full`, ...category.items.map((item) => itemKey(line, category, item)),
  ])])
}

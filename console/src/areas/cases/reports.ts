import type { Schemas } from '@/api/client'

type Line = Schemas['ReportLine']

/** A figure as it is read: money with cents, all else whole, both with thousands. It comes as text, and no float touches it. */
export function figure(value: string, unit: string): string {
  const [whole = '0', cents = ''] = value.split('.')
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return unit === '元' ? `${parted}.${cents.slice(0, 2).padEnd(2, '0')}` : parted
}

/** The lines of one sort of which there are any, and the most that one of them has: what the longest bar stands for. */
export function sharesOf(lines: readonly Line[], prefix: string): { lines: Line[]; whole: string } {
  const found = lines.filter((one) => one.item.startsWith(prefix) && Number(one.value) > 0)
  return { lines: found, whole: String(Math.max(1, ...found.map((one) => Number(one.value)))) }
}

export const asFile = (path: string, query: Record<string, string>): string => `/api/v1/${path}?${new URLSearchParams(query).toString()}`

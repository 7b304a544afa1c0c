/** Numbers come as decimal strings and stay so: what is shown is cut from the text, never computed in floats. */

/** `78.5000` → `78.50`: at least two places, more only where `places` asks for them. Rounds half up on the text. */
export function points(value: string | number | null | undefined, places = 2): string {
  if (value === null || value === undefined || value === '') return '—'
  const text = String(value)
  const negative = text.startsWith('-')
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  if (part.length <= places) return `${negative ? '−' : ''}${whole}.${part.padEnd(places, '0')}`
  const digits = BigInt(whole + part.slice(0, places)) + (part.charAt(places) >= '5' ? 1n : 0n)
  const padded = digits.toString().padStart(places + 1, '0')
  const shown = places ? `${padded.slice(0, -places)}.${padded.slice(-places)}` : padded
  return negative && digits !== 0n ? `−${shown}` : shown
}

/** `42.50` → `42.5`, `3.00` → `3`: a quantity as people write it. */
export function quantity(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  const text = String(value)
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') || '0' : text
}

/** `1234567.5` → `1,234,567.50`: money. */
export function money(value: string | number | null | undefined): string {
  const text = points(value)
  return text === '—' ? text : text.replace(/\B(?=(\d{3})+(?=\.))/g, ',')
}

/** Whether a text is a number that may be typed as a quantity: up to six places, no sign. */
export const isQuantity = (text: string): boolean => /^\d{1,12}(\.\d{1,6})?$/.test(text)

/** What people type, as the API takes it: full-width digits and points become plain ones, spaces go. */
export function typed(text: string): string {
  return text.normalize('NFKC').replace(/[\s,]/g, '').replace(/。/g, '.')
}

/** A whole number as it is typed, from `least` to `most`; null is none of them. */
export function wholeNumber(text: string, least: number, most: number): number | null {
  const plain = typed(text)
  return /^\d{1,9}$/.test(plain) && Number(plain) >= least && Number(plain) <= most ? Number(plain) : null
}

/** The share of a bar in per cent, for drawing only. */
export function share(part: string | number | null | undefined, whole: string | number | null | undefined): number {
  const ratio = Number(part) / Number(whole)
  return Number.isFinite(ratio) ? Math.max(0, Math.min(100, ratio * 100)) : 0
}

/** a × b of two decimal strings, exactly, rounded half up to `places`. */
export function times(a: string, b: string, places = 2): string {
  const digits = (text: string): [bigint, number] => {
    const [whole = '0', part = ''] = text.split('.')
    return [BigInt(whole + part), part.length]
  }
  const [left, leftPlaces] = digits(a)
  const [right, rightPlaces] = digits(b)
  const product = (left * right).toString().padStart(leftPlaces + rightPlaces + 1, '0')
  const cut = leftPlaces + rightPlaces
  return points(cut ? `${product.slice(0, -cut)}.${product.slice(-cut)}` : product, places)
}

/** The sum of decimal texts, exactly; what is no number counts nothing. */
export function total(values: readonly (string | null | undefined)[]): string {
  const numbers = values.filter((one): one is string => /^-?\d+(\.\d+)?$/.test(one ?? ''))
  const places = numbers.reduce((most, one) => Math.max(most, one.split('.')[1]?.length ?? 0), 0)
  const sum = numbers.reduce((all, one) => all + scaled(one, places), 0n)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0')
  return `${sum < 0n ? '-' : ''}${places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits}`
}

function scaled(text: string, places: number): bigint {
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  const digits = BigInt(whole + part.padEnd(places, '0'))
  return text.startsWith('-') ? -digits : digits
}

/** −1, 0 or 1, as the first is less than, equal to or more than the second. */
export function compared(one: string, two: string): number {
  const difference = total([one, two.startsWith('-') ? two.slice(1) : `-${two}`])
  return difference.startsWith('-') ? -1 : /[1-9]/.test(difference) ? 1 : 0
}

/** How much a file is, for people. */
export const size = (bytes: number): string => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`)

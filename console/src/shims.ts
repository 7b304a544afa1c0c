/* What libraries call and Chromium 87 to 92 lack. Imported before anything else. */
function lacking(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const whole = Math.trunc(index) || 0
  return this[whole < 0 ? this.length + whole : whole]
}

function findLastIndex<T>(this: T[], test: (value: T, index: number, all: T[]) => unknown): number {
  for (let index = this.length - 1; index >= 0; index -= 1) if (test(this[index] as T, index, this)) return index
  return -1
}

function findLast<T>(this: T[], test: (value: T, index: number, all: T[]) => unknown): T | undefined {
  return this[findLastIndex.call(this as unknown[], test as (value: unknown) => unknown)]
}

lacking(Array.prototype, 'at', at)
lacking(String.prototype, 'at', at)
lacking(Array.prototype, 'findLastIndex', findLastIndex)
lacking(Array.prototype, 'findLast', findLast)
lacking(Object, 'hasOwn', (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key))
lacking(globalThis, 'structuredClone', (value: unknown): unknown => JSON.parse(JSON.stringify(value)))

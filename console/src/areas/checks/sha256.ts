/** SHA-256 of its own: `crypto.subtle` is missing on plain http, and a draw is recomputed where nobody else has a hand in it. */
const K = new Uint32Array(64)
const START = new Uint32Array(8)

/** The first 32 bits of the fractional part of a root of a prime, as the standard defines its constants. */
function constants(): void {
  const fraction = (root: number): number => ((root - Math.floor(root)) * 0x1_0000_0000) | 0
  for (let candidate = 2, found = 0; found < 64; candidate += 1) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) { prime = false; break }
    if (!prime) continue
    if (found < 8) START[found] = fraction(Math.sqrt(candidate))
    K[found] = fraction(Math.cbrt(candidate))
    found += 1
  }
}
constants()

const turned = (value: number, by: number): number => (value >>> by) | (value << (32 - by))

function block(state: Uint32Array, view: DataView, offset: number): void {
  const w = new Uint32Array(64)
  for (let at = 0; at < 16; at += 1) w[at] = view.getUint32(offset + at * 4)
  for (let at = 16; at < 64; at += 1) {
    const two = w[at - 2] as number, fifteen = w[at - 15] as number
    const low = turned(fifteen, 7) ^ turned(fifteen, 18) ^ (fifteen >>> 3)
    const high = turned(two, 17) ^ turned(two, 19) ^ (two >>> 10)
    w[at] = ((w[at - 16] as number) + low + (w[at - 7] as number) + high) | 0
  }
  // a typed array has no length that TypeScript knows: SHA-256 has eight words of state
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let at = 0; at < 64; at += 1) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (K[at] as number) + (w[at] as number)) | 0
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] as number) + value) | 0
}

export function sha256(bytes: Uint8Array): string {
  const whole = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  const view = new DataView(whole.buffer)
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(whole.length - 4, bytes.length << 3)
  const state = START.slice()
  for (let offset = 0; offset < whole.length; offset += 64) block(state, view, offset)
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

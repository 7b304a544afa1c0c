/** Rules of the API that a page goes by before it asks; tests/unit/rules.test.ts compares them with the API's own. */

/** Ways out of the house that stay on for whatever is urgent. */
export const FORCED: readonly string[] = ['email', 'webhook']
/** Photos that not every program opens: the gateway gives out a JPEG copy of them. */
export const COPIED: readonly string[] = ['heic', 'webp', 'tiff']

/** Rules of the API that a page goes by before it asks; tests/unit/rules.test.ts compares them with the API's own. */

/** Ways out of the house that stay on for whatever is urgent. */
export const FORCED: readonly string[] = ['email', 'webhook']
/** Files of which pages are shown as pictures. */
export const DRAWN: readonly string[] = ['pdf', 'jpg', 'png', 'heic', 'webp', 'tiff']
/** What is decided is given no more files. */
export const DECIDED: readonly string[] = ['assessed', 'recorded', 'settled', 'rejected', 'judged', 'withdrawn', 'confirmed', 'lifted', 'decided', 'closed', 'found', 'upheld', 'changed', 'cancelled']
/** Photos that not every program opens: the gateway gives out a JPEG copy of them. */
export const COPIED: readonly string[] = ['heic', 'webp', 'tiff']

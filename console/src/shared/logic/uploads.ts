import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { type Problem, asProblem } from '@/api/problem'

/** A file as a form; a screenshot that was pasted has no name of its own. */
export function fileForm(file: File, part = 'file'): FormData {
  const form = new FormData()
  form.append(part, file, file.name || '截图.png')
  return form
}

export interface Uploads { busy: ComputedRef<boolean>; problem: Ref<Problem | null>; keepEach: (files: Iterable<File>, keep: (file: File) => Promise<unknown>) => Promise<boolean> }

/** Files that are kept one after the other: one that is refused does not hold the others back. `keepEach` tells whether all were kept. */
export function useUploads(): Uploads {
  const under = ref(0) // several may be dragged while others are on their way
  const problem = ref<Problem | null>(null)
  async function keepEach(files: Iterable<File>, keep: (file: File) => Promise<unknown>): Promise<boolean> {
    let all = true
    problem.value = null
    under.value += 1
    for (const file of files) {
      try {
        await keep(file)
      } catch (error) {
        all = false
        problem.value = asProblem(error)
      }
    }
    under.value -= 1
    return all
  }
  return { busy: computed(() => under.value > 0), problem, keepEach }
}

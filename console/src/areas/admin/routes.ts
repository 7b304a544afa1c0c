import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'people', component: () => import('./PeoplePage.vue') },
]

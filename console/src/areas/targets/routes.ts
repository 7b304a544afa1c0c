import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'allocate', component: () => import('./AllocatePage.vue') },
  { path: 'claims', component: () => import('./ClaimsPage.vue') },
  { path: 'claims/handovers', component: () => import('./HandoversPage.vue') },
]

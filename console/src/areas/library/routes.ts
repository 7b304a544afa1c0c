import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'library/draft', component: () => import('./DraftPage.vue') },
  { path: 'library/proposals', component: () => import('./ProposalsPage.vue') },
  { path: 'library/difference', component: () => import('./DifferencePage.vue') },
  { path: 'library/:code?', component: () => import('./LibraryPage.vue') },
]

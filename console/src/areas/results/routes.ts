import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'results/:subject?', component: () => import('./FeedbackPage.vue') },
  { path: 'publication', component: () => import('./PublicationPage.vue') },
]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'results/grades', component: () => import('./GradesPage.vue') },
  { path: 'results/improvements', component: () => import('./ImprovementsPage.vue') },
  { path: 'results/:subject?', component: () => import('./FeedbackPage.vue') },
  { path: 'publication', component: () => import('./PublicationPage.vue') },
]

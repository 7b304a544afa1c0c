import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'checks', component: () => import('./ChecksPage.vue') },
  { path: 'checks/new', component: () => import('./NewCheckPage.vue') },
  { path: 'checks/mine', component: () => import('./InspectionsPage.vue') },
  { path: 'checks/:id', component: () => import('./CheckPage.vue') },
  { path: 'appeals', component: () => import('./AppealsPage.vue') },
  { path: 'vetoes', component: () => import('./VetoesPage.vue') },
]

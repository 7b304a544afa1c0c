import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'cases', component: () => import('./CasesPage.vue') },
  { path: 'cases/reports', component: () => import('./ReportsPage.vue') },
  { path: 'cases/import', component: () => import('./ImportPage.vue') },
  { path: 'cases/settings', component: () => import('./SettingsPage.vue') },
  { path: 'cases/to-tell', component: () => import('./TellPage.vue') },
  { path: 'cases/numbers', component: () => import('./NumbersPage.vue') },
  { path: 'cases/published', component: () => import('./PublishedPage.vue') },
  { path: 'cases/figures', component: () => import('./FiguresPage.vue') },
  { path: 'cases/new', component: () => import('./IntakePage.vue') },
  { path: 'cases/:code', component: () => import('./CasePage.vue') },
]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'weights', component: () => import('./WeightsPage.vue') },
  { path: 'generate', component: () => import('./GeneratePage.vue') },
  { path: 'models', component: () => import('./ModelsPage.vue') },
  { path: 'cycles', component: () => import('./CyclesPage.vue') },
]

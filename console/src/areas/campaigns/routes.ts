import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'campaigns', component: () => import('./CampaignsPage.vue') },
  { path: 'campaigns/ballot', component: () => import('./BallotPage.vue') },
  { path: 'campaigns/new', component: () => import('./NewCampaignPage.vue') },
  { path: 'campaigns/:id', component: () => import('./CampaignPage.vue') },
]

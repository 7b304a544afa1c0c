"""What a 12315 centre knows beside its cases: mounted as the contracts say."""

from gateway.mounting import mounted
from shared.contracts.complaints import counterfeits, goods, knowledge, leads, search, traders

KNOWLEDGE = (
    mounted(traders.traders),
    mounted(counterfeits.counterfeits),
    mounted(knowledge.knowledge),
    mounted(goods.goods),
    mounted(search.search),
    mounted(leads.leads),
)

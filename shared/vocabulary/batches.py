"""How a batch is taken: code → 中文."""

MODES = {"all": "全部或全不", "each": "逐项"}

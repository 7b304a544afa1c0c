"""The words of what goes on in the background: code → 中文."""

JOB_STATES = {"queued": "排队", "running": "进行中", "done": "完成", "failed": "失败"}
TARGET_JOBS = {"propose": "生成分解建议", "accept": "全局接受认领建议", "generate": "目标生成"}
